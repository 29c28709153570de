#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "models/serving/sizing/fleet_trial.hpp"

namespace chokepoint {

/// Requests to size a fleet for.
struct SizingLoad {
  /// A new source of requests at `rate` per second in the mean; other seeds draw others.
  std::function<std::unique_ptr<RequestSource>(double rate, std::uint64_t seed)> at;
  std::optional<std::int64_t> requests;  ///< That there are; unset: without end.
};

/// A fleet that is tried at several rates.
struct TrialFleet {
  std::vector<TrialPool> pools;  ///< Not empty.
  Seconds stay;                  ///< Of a request in it, about; positive.
};

/// A fleet of one kind with more replicas is simulated as so many, with their share of the rate.
inline constexpr std::int64_t kMostInTrial = 32;

/// How a trial is drawn.
struct TrialDraws {
  std::uint64_t seed = 1;
  double times = 1;  ///< As many requests as a quantile needs, times this.
  bool stops_early = false;
};

/// The fleet at `rate`. Skipped are the requests of three stays; counted are 40 beyond the greatest
/// quantile that is bound, at least 1 500, and at least those of two stays. Of a load with an end
/// all are sent, and the first fifth is skipped at most.
TrialResult trial_at(const TrialFleet& fleet, const SizingLoad& load, double rate,
                     std::span<const LatencyBound> bounds, const TrialDraws& draws);

/// What breaks first where a fleet gets more requests.
struct Breaking {
  double rate = 0;         ///< The highest that keeps all bounds, within 2 %.
  double tried = 0;        ///< The rate above it at which `broken` was seen.
  std::size_t broken = 0;  ///< The bound that is exceeded by the greatest share there.
  Seconds figure;          ///< Of it, there.
  double cache_use = 0;    ///< There.
  bool grew = false;       ///< More came than left, there.
  /// Requests wait for memory of the cache: it is nearly full, or they are preempted.
  bool is_memory = false;
};

/// The highest rate that `fleet` keeps `bounds` at, looked for from `start` on; nothing where it
/// keeps none of at least a thousandth of that.
std::optional<Breaking> highest_rate(const TrialFleet& fleet, const SizingLoad& load,
                                     std::span<const LatencyBound> bounds, double start);

/// The bound that is exceeded by the greatest share, or nearest to it. Requires: bounds not empty.
std::size_t tightest(const Latencies& latencies, std::span<const LatencyBound> bounds);

}  // namespace chokepoint
