#include "sim/engine/economy/programmes.hpp"

namespace chokepoint {

Programmes::Programmes(const World& world) : world_(world) {
  clusters_.reserve(world.buyers.size());
  for (const Buyer& buyer : world.buyers) clusters_.emplace_back(buyer.programmes.size());
}

Usd Programmes::ask(BuyerId buyer, Usd cost, Date date) {
  Usd all;
  auto& clusters = clusters_[buyer.value];
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    const TrainingProgramme& programme = world_.buyers[buyer.value].programmes[i];
    clusters[i].asked = money_wanted(programme, clusters[i].had, cost, date);
    all += clusters[i].asked;
  }
  return all;
}

void Programmes::take(BuyerId buyer, double useful) {
  auto& clusters = clusters_[buyer.value];
  Usd all;
  for (const Cluster& cluster : clusters) all += cluster.asked;
  if (all <= Usd{}) return;
  for (Cluster& cluster : clusters) cluster.had += useful * (cluster.asked / all);
}

}  // namespace chokepoint
