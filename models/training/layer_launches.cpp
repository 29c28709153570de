#include "models/training/layer_launches.hpp"

#include "models/performance/feed_forward.hpp"

namespace chokepoint {
namespace {

constexpr double kProducts = 4, kVector = 10, kFlash = 1, kKeptScores = 5, kExchanges = 2;
// Of experts beside a dense layer: routing 8, sorting 4, a product more, exchanges 2.
constexpr double kOfExperts = 15;
constexpr double kSums = 8;

}  // namespace

LayerLaunches layer_launches(const TrainingSystem& system, const TrainingPlan& plan) {
  const double with_experts = expert_layers(system.model) / system.model.layers;
  const double forward = kProducts + kVector + (system.traits.keeps_scores ? kKeptScores : kFlash) +
                         (plan.tensor > 1 ? kExchanges : 0.0) + with_experts * kOfExperts;
  const double again = plan.recompute == Recompute::Full ? plan.recomputed_share : 0.0;
  return {forward, forward * (1 + again), forward + kSums};
}

}  // namespace chokepoint
