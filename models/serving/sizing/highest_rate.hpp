#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "models/serving/sizing/fleet_trial.hpp"

namespace chokepoint {

/// Which requests of a load are sent.
struct LoadDraw {
  double rate = 1;         ///< Of the whole load, per second in the mean; positive.
  std::uint64_t seed = 1;  ///< Others draw others; a log begins elsewhere.
  /// Of the requests at that rate, drawn one by one: what a part of a fleet gets. In (0, 1].
  double share = 1;
};

/// Requests to size a fleet for, without end.
struct SizingLoad {
  /// A new source of them.
  std::function<std::unique_ptr<RequestSource>(const LoadDraw& draw)> at;
  std::optional<std::int64_t> requests;  ///< After which they repeat; unset: never.
};

/// A fleet that is tried at several rates.
struct TrialFleet {
  std::vector<TrialPool> pools;  ///< Not empty.
  Seconds stay;                  ///< Of a request in it, about; positive.
};

/// A fleet with a kind of more replicas is simulated as a part of it: so many of the largest kind,
/// as large a share of the others, at least one replica each, and their share of the requests. Of
/// large replicas there are fewer, so that about kMostUnderWay requests are under way at most.
inline constexpr std::int64_t kMostInTrial = 32, kLeastInTrial = 8;
inline constexpr double kMostUnderWay = 16'384;

/// How a trial is drawn.
struct TrialDraws {
  std::uint64_t seed = 1;
  double times = 1;  ///< As many requests as a quantile needs, times this.
  bool stops_early = false;
};

/// The fleet at `rate`. Skipped are the requests of three stays; counted are 40 beyond the greatest
/// quantile that is bound, at least 1 500, and at least those of two stays. Of a load that repeats
/// whole passes count, so that the fleet is compared with itself at the same place of the log, and
/// a pass is skipped where it is short.
TrialResult trial_at(const TrialFleet& fleet, const SizingLoad& load, double rate,
                     std::span<const LatencyBound> bounds, const TrialDraws& draws);

/// What breaks first where a fleet gets more requests.
struct Breaking {
  double rate = 0;         ///< The highest that keeps all bounds, within 2 %.
  bool is_open = false;    ///< Nothing broke up to there: it may be higher, and the rest is unset.
  double tried = 0;        ///< The rate above it at which `broken` was seen.
  std::size_t broken = 0;  ///< The bound that is exceeded by the greatest share there.
  Seconds figure;          ///< Of it, there.
  double cache_use = 0;    ///< There.
  bool grew = false;       ///< More came than left, there.
  /// Requests wait for memory of the cache: it is nearly full, or they are preempted.
  bool is_memory = false;
};

/// The highest rate that `fleet` keeps `bounds` at, looked for from `start` on; nothing where it
/// keeps none of at least a thousandth of that. Open where it keeps even a thousand million times
/// as much, as with requests that end.
std::optional<Breaking> highest_rate(const TrialFleet& fleet, const SizingLoad& load,
                                     std::span<const LatencyBound> bounds, double start);

/// The bound that is exceeded by the greatest share, or nearest to it. Requires: bounds not empty.
std::size_t tightest(const Latencies& latencies, std::span<const LatencyBound> bounds);

}  // namespace chokepoint
