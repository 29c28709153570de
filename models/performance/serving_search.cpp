#include "models/performance/serving_search.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace chokepoint {
namespace {

constexpr double kMostInFlight = 1 << 16;
constexpr int kRateSteps = 40;

/// A plan made ready, asked at many loads.
class Layout {
public:
  Layout(const ServingTask& task, const ServingPlan& plan, int replicas)
      : task_(task),
        replica_({task.model, task.device, task.links, plan, task.coefficients, task.support}),
        memory_(serving_memory(task.model, task.device, plan, settings_of(task))) {
    made_.plan = plan;
    made_.replicas = replicas;
    made_.memory = memory_;
    made_.fit = fits(memory_, task.prompt + task.output);
  }

  bool fits_at_all() const { return made_.fit.fit != MemoryFit::No; }

  ServingEstimate at(double concurrency) const {
    ServingLoad load;
    load.prompt = task_.prompt;
    load.output = task_.output;
    load.concurrency = concurrency;
    load.waves = task_.waves;
    ServingEstimate made = made_;
    made.concurrency = concurrency;
    made.state = steady_state(replica_, memory_, load, task_.settings);
    return made;
  }

  /// Requests that are in memory at once at most: beyond, they only wait.
  double most() const {
    const double held = memory_.requests(task_.prompt + task_.output);
    return std::clamp(std::floor(held), 1.0, kMostInFlight);
  }

private:
  static MemorySettings settings_of(const ServingTask& task) {
    MemorySettings settings = task.memory;
    settings.usable = task.coefficients.usable_memory;
    settings.token_budget = task.settings.token_budget;
    return settings;
  }

  const ServingTask& task_;
  Replica replica_;
  ServingMemory memory_;
  ServingEstimate made_;
};

bool keeps(const ServingTarget& target, const SteadyState& state) {
  return (!target.ttft || state.ttft <= *target.ttft) &&
         (!target.tpot || state.tpot <= *target.tpot);
}

/// The greatest whole concurrency that keeps the target: times only grow with it.
RankedPlan at_its_best(const Layout& layout, const ServingTarget& target) {
  RankedPlan found{layout.at(1), layout.fits_at_all(), false};
  found.keeps_target = found.fits && keeps(target, found.estimate.state);
  if (!found.keeps_target) return found;
  double good = 1, bad = layout.most() + 1;
  while (bad - good > std::max(1.0, good / 256)) {
    const double tried = std::floor(bad > 2 * good ? std::sqrt(good * bad) : (good + bad) / 2);
    const double next = std::max(tried, good + 1);
    const ServingEstimate estimate = layout.at(next);
    if (keeps(target, estimate.state)) {
      good = next;
      found.estimate = estimate;
    } else {
      bad = next;
    }
  }
  return found;
}

/// Least first.
auto rank(const RankedPlan& plan) {
  const ServingEstimate& e = plan.estimate;
  const double by = plan.keeps_target ? -e.output().value
                    : plan.fits       ? e.state.tpot.value
                                      : -e.fit.margin.value;
  return std::tuple(!plan.keeps_target, !plan.fits, by, e.plan.devices(), e.plan.pipeline,
                    e.plan.tensor, e.plan.expert_parallel);
}

/// Whether experts can be whole on each of these devices.
bool may_spread_experts(const Transformer& model, const ServingPlan& plan) {
  return model.experts >= plan.stage_devices() && plan.stage_devices() > 1;
}

std::vector<ServingPlan> layouts_on(const Transformer& model, int devices) {
  std::vector<ServingPlan> plans;
  for (int stages = 1; stages <= devices; stages *= 2) {
    for (int groups = 1; groups * stages <= devices; groups *= 2) {
      for (int tensor = 1; tensor * groups * stages <= devices; tensor *= 2) {
        ServingPlan plan;
        plan.tensor = tensor;
        plan.attention_dp = groups;
        plan.pipeline = stages;
        if (devices % plan.devices() == 0) add_layouts(model, plan, plans);
      }
    }
  }
  return plans;
}

}  // namespace

void add_layouts(const Transformer& model, ServingPlan plan, std::vector<ServingPlan>& into) {
  if (!plan_complaint(plan, model).empty()) return;
  // Attention groups that share no experts are replicas by another name.
  if (plan.attention_dp == 1 || model.experts > 0) into.push_back(plan);
  plan.expert_parallel = true;
  if (may_spread_experts(model, plan)) into.push_back(plan);
}

ServingEstimate estimate_serving(const ServingTask& task, const ServingPlan& plan, int replicas,
                                 double concurrency) {
  return Layout(task, plan, replicas).at(concurrency);
}

std::optional<ServingEstimate> estimate_at_rate(const ServingTask& task, const ServingPlan& plan,
                                                int replicas, double rate) {
  const Layout layout(task, plan, replicas);
  const auto served = [&](const ServingEstimate& e) { return e.state.output / task.output; };
  double least = 1e-3, most = layout.most();
  if (served(layout.at(most)).value < rate) return std::nullopt;
  for (int i = 0; i < kRateSteps; ++i) {
    const double middle = std::sqrt(least * most);
    (served(layout.at(middle)).value < rate ? least : most) = middle;
  }
  return layout.at(most);
}

RankedPlan plan_at_its_best(const ServingTask& task, const ServingPlan& plan, int replicas,
                            const ServingTarget& target) {
  return at_its_best(Layout(task, plan, replicas), target);
}

std::vector<RankedPlan> search_serving(const ServingTask& task, int devices,
                                       const ServingTarget& target,
                                       std::span<const Precision> precisions) {
  std::vector<RankedPlan> found;
  for (ServingPlan plan : layouts_on(task.model, devices)) {
    for (const Precision& precision : precisions) {
      plan.precision = precision;
      found.push_back(plan_at_its_best(task, plan, devices / plan.devices(), target));
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const RankedPlan& a, const RankedPlan& b) { return rank(a) < rank(b); });
  return found;
}

}  // namespace chokepoint
