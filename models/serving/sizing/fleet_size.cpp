#include "models/serving/sizing/fleet_size.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <tuple>
#include <utility>
#include <vector>

#include "models/serving/sizing/replica_layouts.hpp"

namespace chokepoint {
namespace {

// The closed form is within so much of simulated means, and a median may be below the mean by half.
constexpr double kSlack = 1.2, kSlackOfMedian = 2;
constexpr int kMostCounts = 64;      // Of replicas of one plan.
constexpr double kCountStep = 1.01;  // From one of them to the next, and at least one replica.
constexpr std::int64_t kIdle = 8;    // Times as many replicas as the closed form asks for.
constexpr double kAbove = 0.7;       // Quantiles from here on are above the mean, but for little.
constexpr std::uint64_t kOtherSeed = 2;
constexpr double kMoreDraws = 2;
constexpr int kLengthsDrawn = 2000;
constexpr double kSampleDeviations = 4;  // By which the quantile of a sample may be too high.
constexpr int kMostWithout = 40;  // Plans tried before it is said that none keeps the target.
constexpr std::int64_t kMostReplicas = std::int64_t{1} << 20;

/// The first token is not decoded.
double steps_after_first(Tokens output) {
  return std::max(output.value - 1, 1.0);
}

/// In the mean, what no plan that keeps `bounds` exceeds.
ServingTarget looser(std::span<const LatencyBound> bounds, Tokens output) {
  ServingTarget target;
  const auto lower = [](std::optional<Seconds>& most, Seconds to) {
    most = most ? std::min(*most, to) : to;
  };
  for (const LatencyBound& bound : bounds) {
    const bool is_median = bound.quantile && *bound.quantile < kAbove;
    const Seconds most = bound.most * (is_median ? kSlackOfMedian : kSlack);
    if (bound.metric != LatencyMetric::Tpot) lower(target.ttft, most);
    if (bound.metric == LatencyMetric::Tpot) lower(target.tpot, most);
    if (bound.metric == LatencyMetric::E2e) lower(target.tpot, most / steps_after_first(output));
  }
  return target;
}

double rate_of(const ServingEstimate& estimate, Tokens output) {
  return (estimate.state.output / output).value;
}

/// What a bound is on, of a request in the steady state.
Seconds in_the_mean(const SteadyState& state, LatencyMetric metric, Tokens output) {
  switch (metric) {
    case LatencyMetric::Ttft:
      return state.ttft;
    case LatencyMetric::Tpot:
      return state.tpot;
    case LatencyMetric::E2e:
      return state.ttft + state.tpot * (output.value - 1);
  }
  return {};
}

std::size_t missed_most(const SteadyState& state, std::span<const LatencyBound> bounds,
                        Tokens output) {
  const auto share = [&](const LatencyBound& bound) {
    return in_the_mean(state, bound.metric, output) / bound.most;
  };
  const auto found = std::max_element(
      bounds.begin(), bounds.end(),
      [&](const LatencyBound& a, const LatencyBound& b) { return share(a) < share(b); });
  return static_cast<std::size_t>(found - bounds.begin());
}

/// Counts replicas of one plan.
class Counting {
public:
  Counting(const SizingChoice& choice, const SizingLoad& load, double rate,
           std::span<const LatencyBound> bounds, const RankedPlan& plan)
      : choice_(choice),
        load_(load),
        rate_(rate),
        bounds_(bounds),
        estimate_(plan.estimate),
        costs_(step_costs(choice.task, plan.estimate.plan)) {}

  const ServingEstimate& estimate() const { return estimate_; }

  /// The fewest replicas of the counts that are tried, from `least` to `most`, that keep the
  /// bounds; nothing where none of the first kMostCounts do. Every count is tried: whatever chance
  /// does to a trial, where looser bounds are kept as well, no more replicas are found for them.
  std::optional<std::int64_t> fewest(std::int64_t least, std::int64_t most) {
    std::int64_t count = 1;
    while (count < least) count = next_count(count);
    for (int i = 0; i < kMostCounts && count <= most; ++i, count = next_count(count)) {
      if (keeps(count)) return count;
    }
    return std::nullopt;
  }

  /// Whether the bounds are kept with the first draws, and with others, over more requests.
  bool keeps(std::int64_t replicas) {
    const TrialFleet tried = fleet(replicas);
    if (!trial_at(tried, load_, rate_, bounds_, {.stops_early = true}).keeps()) return false;
    shown_ = trial_at(tried, load_, rate_, bounds_,
                      {.seed = kOtherSeed, .times = kMoreDraws, .stops_early = true});
    return shown_.keeps();
  }

  /// That of the last count that was kept.
  TrialResult& shown() { return shown_; }

  std::optional<Breaking> breaking(std::int64_t replicas) {
    return highest_rate(fleet(replicas), load_, bounds_, rate_);
  }

private:
  TrialFleet fleet(std::int64_t replicas) {
    return trial_fleet(choice_, estimate_, costs_, replicas, rate_);
  }

  static std::int64_t next_count(std::int64_t count) {
    const double more = std::ceil(static_cast<double>(count) * kCountStep);
    return std::max(count + 1, static_cast<std::int64_t>(more));
  }

  const SizingChoice& choice_;
  const SizingLoad& load_;
  double rate_;
  std::span<const LatencyBound> bounds_;
  ServingEstimate estimate_;
  StepCosts costs_;
  TrialResult shown_;
};

/// Prompts of the load, in order of length.
std::vector<double> prompts_of(const SizingLoad& load, double rate) {
  const auto source = load.at({rate});
  std::vector<double> prompts;
  const auto drawn = std::max<std::int64_t>(load.requests.value_or(0), kLengthsDrawn);
  while (std::ssize(prompts) < drawn) {
    const auto request = source->next();
    if (!request) break;
    prompts.push_back(request->prompt);
  }
  std::sort(prompts.begin(), prompts.end());
  return prompts;
}

/// Whether a prompt as long as a bound's quantile is read in time where nothing else is served.
/// Of more requests than the bound lets exceed it, no fleet reads them faster. The length is one
/// that chance hardly makes longer than the quantile of all prompts.
bool reads_long_prompts(const ServingTask& task, const ServingPlan& plan,
                        const std::vector<double>& prompts, std::span<const LatencyBound> bounds) {
  for (const LatencyBound& bound : bounds) {
    if (bound.metric == LatencyMetric::Tpot || !bound.quantile || prompts.empty()) continue;
    const auto count = std::ssize(prompts);
    const auto beyond = static_cast<double>(allowed_to_exceed(*bound.quantile, count));
    const auto more = std::llround(kSampleDeviations * std::sqrt(beyond + 1));
    const auto at = std::max<std::int64_t>(count - 1 - std::llround(beyond) - more, 0);
    ServingTask longer = task;
    longer.prompt = Tokens{prompts[static_cast<std::size_t>(at)]};
    if (estimate_serving(longer, plan, 1, 1).state.ttft > bound.most * kSlack) return false;
  }
  return true;
}

struct Candidate {
  const RankedPlan* plan;
  std::int64_t replicas, devices;  // As the closed form has them.
};

/// Plans that may do, fewest devices first.
std::vector<Candidate> candidates(const std::vector<RankedPlan>& plans, const SizingChoice& choice,
                                  const SizingLoad& load, double rate,
                                  std::span<const LatencyBound> bounds) {
  const std::vector<double> prompts = prompts_of(load, rate);
  std::vector<Candidate> found;
  for (const RankedPlan& plan : plans) {
    if (!plan.keeps_target) break;
    const ServingPlan& layout = plan.estimate.plan;
    if (!reads_long_prompts(choice.task, layout, prompts, bounds)) continue;
    const double replicas = std::ceil(rate / rate_of(plan.estimate, choice.task.output));
    const auto count =
        static_cast<std::int64_t>(std::min(replicas, static_cast<double>(kMostReplicas)));
    found.push_back({&plan, count, count * layout.devices()});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Candidate& a, const Candidate& b) { return a.devices < b.devices; });
  return found;
}

}  // namespace

std::vector<RankedPlan> plans_for(const SizingChoice& choice,
                                  std::span<const LatencyBound> bounds) {
  const ServingTarget target = looser(bounds, choice.task.output);
  std::vector<RankedPlan> plans;
  for (ServingPlan plan : replica_layouts(choice.task, choice.server)) {
    for (const Precision& precision : choice.precisions) {
      plan.precision = precision;
      RankedPlan made = plan_at_its_best(choice.task, plan, 1, target);
      // Blocks are whole: where memory is at its limit an engine may not start.
      made.fits = made.fits && serving_setup(choice.task, plan, choice.options).complaint.empty();
      made.keeps_target = made.keeps_target && made.fits;
      plans.push_back(made);
    }
  }
  const auto rank = [](const RankedPlan& plan) {
    const double lack = plan.fits ? 0 : -plan.estimate.fit.margin.value;
    return std::tuple(!plan.keeps_target, !plan.fits, lack);
  };
  std::stable_sort(plans.begin(), plans.end(),
                   [&](const RankedPlan& a, const RankedPlan& b) { return rank(a) < rank(b); });
  return plans;
}

NoFleet none_alone(const std::vector<RankedPlan>& plans, std::span<const LatencyBound> bounds,
                   Tokens output) {
  NoFleet none;
  double least = 0;
  for (const RankedPlan& plan : plans) {
    if (!plan.fits) continue;
    const SteadyState& state = plan.estimate.state;
    const std::size_t broken = missed_most(state, bounds, output);
    const Seconds figure = in_the_mean(state, bounds[broken].metric, output);
    const double share = figure / bounds[broken].most;
    if (none.why == NoFleet::Why::Alone && share >= least) continue;
    least = share;
    none = {NoFleet::Why::Alone, plan.estimate, broken, figure};
  }
  if (none.why == NoFleet::Why::Memory) none.nearest = plans.front().estimate;
  return none;
}

NoFleet none_in_tail(const SizingChoice& choice, const SizingLoad& load, double rate,
                     std::span<const LatencyBound> bounds, const std::vector<RankedPlan>& plans) {
  const Tokens output = choice.task.output;
  NoFleet none;
  std::optional<double> least;
  for (const RankedPlan& plan : plans) {
    if (!plan.keeps_target) break;
    const ServingEstimate alone = estimate_serving(choice.task, plan.estimate.plan, 1, 1);
    const LatencyBound& worst = bounds[missed_most(alone.state, bounds, output)];
    const double share = in_the_mean(alone.state, worst.metric, output) / worst.most;
    if (least && share >= *least) continue;
    least = share;
    none.nearest = plan.estimate;
  }
  assert(least);
  StepCosts costs = step_costs(choice.task, none.nearest.plan);
  const double replicas = std::ceil(rate / rate_of(none.nearest, output));
  const TrialFleet idle =
      trial_fleet(choice, none.nearest, costs, kIdle * static_cast<std::int64_t>(replicas), rate);
  const TrialResult result = trial_at(idle, load, rate, bounds, {});
  none.why = NoFleet::Why::Tail;
  none.broken = tightest(result.latencies, bounds);
  none.figure = result.latencies.figure(bounds[none.broken]);
  return none;
}

TrialFleet trial_fleet(const SizingChoice& choice, const ServingEstimate& estimate,
                       StepCosts& costs, std::int64_t replicas, double rate) {
  TrialPool pool;
  pool.costs = &costs;
  pool.rules = serving_setup(choice.task, estimate.plan, choice.options).rules;
  pool.replicas = replicas;
  const double each = rate / static_cast<double>(replicas);
  const auto settled = estimate_at_rate(choice.task, estimate.plan, 1, each);
  const SteadyState& state = settled ? settled->state : estimate.state;
  return {{pool}, in_the_mean(state, LatencyMetric::E2e, choice.task.output)};
}

std::variant<SizedFleet, NoFleet> least_fleet(const SizingChoice& choice, const SizingLoad& load,
                                              double rate, std::span<const LatencyBound> bounds) {
  assert(rate > 0 && !bounds.empty() && !choice.precisions.empty());
  const std::vector<RankedPlan> plans = plans_for(choice, bounds);
  if (!plans.front().keeps_target) return none_alone(plans, bounds, choice.task.output);
  SizedFleet best;
  std::optional<Counting> of_best;
  for (const Candidate& next : candidates(plans, choice, load, rate, bounds)) {
    const int each = next.plan->estimate.plan.devices();
    if (of_best ? next.devices >= best.devices() : best.plans_tried >= kMostWithout) break;
    const std::int64_t most = of_best ? (best.devices() - 1) / each : kMostReplicas;
    ++best.plans_tried;
    Counting counting(choice, load, rate, bounds, *next.plan);
    if (!of_best && !counting.keeps(next.replicas * kIdle)) continue;
    const auto fewest = counting.fewest(next.replicas, most);
    if (!fewest) continue;
    best.replicas = *fewest;
    best.estimate = counting.estimate();
    best.trial = std::move(counting.shown());
    of_best.emplace(std::move(counting));
  }
  if (!of_best) return none_in_tail(choice, load, rate, bounds, plans);
  best.breaking = of_best->breaking(best.replicas);
  return best;
}

}  // namespace chokepoint
