#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "models/serving/engine_replica.hpp"
#include "models/serving/sizing/latency_bound.hpp"

namespace chokepoint {

/// Replicas of one kind in a trial.
struct TrialPool {
  StepCosts* costs = nullptr;  ///< Outlives the trial.
  EngineRules rules;
  std::int64_t replicas = 1;
  double weight = 1;  ///< As PoolSpec has it.
};

/// Which requests of a source count: those after `skipped`, while the fleet is as busy before and
/// after.
struct TrialWindow {
  std::int64_t skipped = 0, counted = 1;
  Seconds look;  ///< Time between two looks at what ended; positive.
};

/// What a fleet did with the requests that count.
struct TrialResult {
  Latencies latencies;
  std::int64_t within_all = 0;  ///< Requests with every time within its bound.
  double in_flight = 0;         ///< Requests in one replica, on average.
  double cache_use = 0;         ///< Share of the blocks of cache in use, on average; in [0, 1].
  double preemptions = 0;       ///< For each request that came.
  bool grew = false;            ///< More came than left: no rate that it holds.
  /// The first bound that was known to be broken; unset where all were kept.
  std::optional<std::size_t> broken;

  bool keeps() const { return !broken && !grew; }
  double share_within() const {
    return latencies.count() > 0 ? double(within_all) / double(latencies.count()) : 0;
  }
};

/// Sends requests of `source` to a fleet of `pools` under least-loaded routing until all that count
/// have ended. Where `stops_early`, only until a bound is known to be broken: the result then holds
/// what ended by then. The fleet grew where the requests in it did by more than a twentieth of
/// those that count and three times the square root of their number, which chance alone seldom
/// does. Requires: pools, bounds and a window that are not empty; a source that does not wait for
/// ends.
TrialResult try_fleet(std::span<const TrialPool> pools, std::unique_ptr<RequestSource> source,
                      const TrialWindow& window, std::span<const LatencyBound> bounds,
                      bool stops_early);

}  // namespace chokepoint
