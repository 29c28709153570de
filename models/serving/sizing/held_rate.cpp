#include "models/serving/sizing/held_rate.hpp"

#include <algorithm>
#include <cassert>
#include <optional>
#include <vector>

namespace chokepoint {
namespace {

constexpr int kMostPlans = 24;

struct Ranked {
  const RankedPlan* plan;
  std::int64_t replicas;
  double rate;  // As the closed form has it, all replicas together.
};

std::vector<Ranked> by_rate(const std::vector<RankedPlan>& plans, const SizingChoice& choice,
                            std::int64_t devices) {
  std::vector<Ranked> ranked;
  for (const RankedPlan& plan : plans) {
    const std::int64_t replicas = devices / plan.estimate.plan.devices();
    if (!plan.keeps_target || replicas == 0) continue;
    const double each = (plan.estimate.state.output / choice.task.output).value;
    ranked.push_back({&plan, replicas, each * static_cast<double>(replicas)});
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const Ranked& a, const Ranked& b) { return a.rate > b.rate; });
  return ranked;
}

/// Plans that so many devices can be laid out by.
std::vector<RankedPlan> plans_within(const SizingChoice& choice, std::int64_t devices,
                                     std::span<const LatencyBound> bounds) {
  std::vector<RankedPlan> plans = plans_for(choice, bounds);
  const auto is_larger = [&](const RankedPlan& plan) {
    return plan.estimate.plan.devices() > devices;
  };
  const auto kept = std::find_if_not(plans.begin(), plans.end(), is_larger);
  // Of plans that all take more devices the reasons are those of the least.
  if (kept == plans.end()) return plans;
  plans.erase(std::remove_if(plans.begin(), plans.end(), is_larger), plans.end());
  return plans;
}

}  // namespace

std::variant<HeldFleet, NoFleet> best_of_devices(const SizingChoice& choice, const SizingLoad& load,
                                                 std::int64_t devices,
                                                 std::span<const LatencyBound> bounds) {
  assert(devices >= 1 && !bounds.empty());
  const std::vector<RankedPlan> plans = plans_within(choice, devices, bounds);
  const std::vector<Ranked> ranked = by_rate(plans, choice, devices);
  if (ranked.empty()) return none_alone(plans, bounds, choice.task.output);
  std::optional<HeldFleet> best;
  int tried = 0;
  for (const Ranked& next : ranked) {
    if (tried == kMostPlans || (best && next.rate <= best->breaking.rate)) break;
    ++tried;
    StepCosts costs = step_costs(choice.task, next.plan->estimate.plan);
    const TrialFleet fleet =
        trial_fleet(choice, next.plan->estimate, costs, next.replicas, next.rate);
    // A plan that is no better is left as soon as it breaks at what the best one holds.
    if (best &&
        !trial_at(fleet, load, best->breaking.rate, bounds, {.stops_early = true}).keeps()) {
      continue;
    }
    const auto breaking = highest_rate(fleet, load, bounds, best ? best->breaking.rate : next.rate);
    if (!breaking || (best && breaking->rate <= best->breaking.rate)) continue;
    best = HeldFleet{next.plan->estimate, next.replicas, *breaking, 0};
  }
  if (!best) return none_in_tail(choice, load, ranked.front().rate, bounds, plans);
  best->plans_tried = tried;
  return *best;
}

}  // namespace chokepoint
