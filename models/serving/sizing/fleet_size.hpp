#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "models/performance/serving_search.hpp"
#include "models/serving/serving_setup.hpp"
#include "models/serving/sizing/highest_rate.hpp"

namespace chokepoint {

/// What a fleet may be made of. Refers to both.
struct SizingChoice {
  const ServingTask& task;                ///< With the mean lengths of the load.
  std::span<const Precision> precisions;  ///< To choose from; not empty.
  EngineOptions options;
  int server = 8;  ///< Devices of one server.
};

/// Replicas of one plan that keep a target.
struct SizedFleet {
  ServingEstimate estimate;  ///< Plan, memory, and the steady state at the rate, in one replica.
  std::int64_t replicas = 0;
  /// With other draws than those that it was found with, and twice as many as they take at least;
  /// of a log whole passes from another place in it.
  TrialResult trial;
  std::optional<Breaking> breaking;
  int plans_tried = 0;  ///< Simulated.

  std::int64_t devices() const { return replicas * estimate.plan.devices(); }
};

/// Why no fleet of a kind keeps a target.
struct NoFleet {
  enum class Why {
    Memory,  ///< No plan holds one request.
    Alone,   ///< One request alone misses the target in the mean under every plan.
    Tail     ///< Under every plan that was tried some request is too slow in an idle fleet.
  };
  Why why = Why::Memory;
  ServingEstimate nearest;  ///< Memory: lacks least. Else the plan that comes nearest, with one
                            ///< request.
  std::size_t broken = 0;   ///< The bound that it misses by most.
  Seconds figure;           ///< Of it: in the steady state, or in the trial.
};

/// Few devices of one kind that keep `bounds` at `rate` requests a second: the fewest of those that
/// are tried, which are never fewer than the closed form asks for in the mean. The closed form
/// ranks plans of plans_for() and leaves out those that cannot keep a looser target in the mean.
/// Simulation counts the replicas of each, from the one that looks best, until the closed form of
/// the next takes as many devices as were found. Of equal ones the first counts. What was found is
/// simulated again with other draws, and gets a replica more where those break it.
///
/// Never a plan that does not fit. With looser bounds never more devices, but for what other draws
/// add. Requires: rate positive, bounds not empty.
std::variant<SizedFleet, NoFleet> least_fleet(const SizingChoice& choice, const SizingLoad& load,
                                              double rate, std::span<const LatencyBound> bounds);

/// Plans for one kind at the greatest load that the closed form lets each keep a looser target at:
/// those of replica_layouts() in every format. Those that keep it come first, then others that fit,
/// then those that do not fit, least lack first.
std::vector<RankedPlan> plans_for(const SizingChoice& choice, std::span<const LatencyBound> bounds);

/// Why none of `plans` keeps `bounds` even with one request. Requires: there are plans, as
/// plans_for() has them, and none of them keeps a looser target.
NoFleet none_alone(const std::vector<RankedPlan>& plans, std::span<const LatencyBound> bounds,
                   Tokens output);

/// How the plan that comes nearest to `bounds` misses them in an idle fleet, of eight times the
/// replicas that the closed form has it take for `rate`. Requires: some of `plans` keep a looser
/// target.
NoFleet none_in_tail(const SizingChoice& choice, const SizingLoad& load, double rate,
                     std::span<const LatencyBound> bounds, const std::vector<RankedPlan>& plans);

/// One pool of `replicas` of a plan, to be tried at about `rate`. A request stays in it as long as
/// in the steady state at that rate, or, where it does not serve as many, of `estimate`. Refers to
/// `costs`.
TrialFleet trial_fleet(const SizingChoice& choice, const ServingEstimate& estimate,
                       StepCosts& costs, std::int64_t replicas, double rate);

}  // namespace chokepoint
