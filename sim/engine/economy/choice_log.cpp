#include "sim/engine/economy/choice_log.hpp"

namespace chokepoint {

namespace {

double wished(const WishOutcome& outcome) {
  return outcome.bought + outcome.refused + outcome.not_there;
}

}  // namespace

ChoiceLog::ChoiceLog(const World& world, TraceSink& trace)
    : world_(world), trace_(trace), sums_(world.orders.size()) {}

void ChoiceLog::note(const BlanketOrder& blanket, WorkKind kind, const Appraised& appraised,
                     const WishOutcome& outcome, Usd price) {
  const double packages = wished(outcome);
  if (packages <= 0.0) return;
  Sums& sums = sums_[blanket.order.value][static_cast<std::size_t>(kind)];
  sums.outcome.bought += outcome.bought;
  sums.outcome.refused += outcome.refused;
  sums.outcome.not_there += outcome.not_there;
  sums.spent += outcome.bought * price;
  sums.cost += packages * appraised.monthly_cost;
  sums.roof += packages * appraised.roof;
  sums.useful += packages * appraised.useful_rate;
  sums.preference += packages * appraised.preference;
}

void ChoiceLog::close(Seconds now) {
  for (std::uint32_t i = 0; i < sums_.size(); ++i) {
    for (std::size_t kind = 0; kind < sums_[i].size(); ++kind) {
      Sums& sums = sums_[i][kind];
      const double packages = wished(sums.outcome);
      if (packages <= 0.0) continue;
      ChoiceMade fact;
      fact.time = now;
      fact.order = OrderId{i};
      fact.device = world_.orders[i].device;
      fact.work = static_cast<WorkKind>(kind);
      fact.bought = sums.outcome.bought;
      fact.refused = sums.outcome.refused;
      fact.not_there = sums.outcome.not_there;
      fact.spent = sums.spent;
      fact.roof = sums.roof / packages;
      fact.useful_rate = sums.useful / packages;
      fact.monthly_cost = sums.cost / packages;
      fact.preference = sums.preference / packages;
      trace_.record(fact);
      sums = {};
    }
  }
}

}  // namespace chokepoint
