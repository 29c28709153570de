#include "models/serving/sizing/highest_rate.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {
namespace {

constexpr double kLeastCounted = 1500, kBeyondQuantile = 40;
constexpr double kStaysSkipped = 3, kStaysCounted = 2, kMostSkipped = 0.2;
constexpr double kLooksInStay = 16;
constexpr double kStep = 1.15, kWithin = 1.02, kLeastShare = 1e-3;
constexpr double kNearlyFull = 0.9, kSomePreempted = 0.01;

double counted_for(std::span<const LatencyBound> bounds) {
  double counted = kLeastCounted;
  for (const LatencyBound& bound : bounds) {
    if (bound.quantile) counted = std::max(counted, kBeyondQuantile / (1 - *bound.quantile));
  }
  return counted;
}

TrialWindow window_of(const SizingLoad& load, double rate, Seconds stay,
                      std::span<const LatencyBound> bounds, double times) {
  const double in_a_stay = rate * stay.value;
  TrialWindow window;
  window.look = stay / kLooksInStay;
  double skipped = std::ceil(in_a_stay * kStaysSkipped);
  double counted = std::ceil(std::max(counted_for(bounds), in_a_stay * kStaysCounted) * times);
  if (load.requests) {
    const auto all = static_cast<double>(*load.requests);
    skipped = std::min(skipped, std::floor(all * kMostSkipped));
    counted = all - skipped;
  }
  window.skipped = std::llround(skipped);
  window.counted = std::max<std::int64_t>(std::llround(counted), 1);
  return window;
}

// A part of a fleet of many replicas of one kind, and the share of the rate that it gets.
double take_part(std::vector<TrialPool>& pools) {
  if (pools.size() != 1 || pools.front().replicas <= kMostInTrial) return 1;
  const double share = double(kMostInTrial) / static_cast<double>(pools.front().replicas);
  pools.front().replicas = kMostInTrial;
  return share;
}

bool keeps(const TrialFleet& fleet, const SizingLoad& load, std::span<const LatencyBound> bounds,
           double rate) {
  return trial_at(fleet, load, rate, bounds, {.stops_early = true}).keeps();
}

}  // namespace

TrialResult trial_at(const TrialFleet& fleet, const SizingLoad& load, double rate,
                     std::span<const LatencyBound> bounds, const TrialDraws& draws) {
  assert(rate > 0 && fleet.stay.value > 0);
  std::vector<TrialPool> pools = fleet.pools;
  const double in_part = rate * take_part(pools);
  return try_fleet(pools, load.at(in_part, draws.seed),
                   window_of(load, in_part, fleet.stay, bounds, draws.times), bounds,
                   draws.stops_early);
}

std::optional<Breaking> highest_rate(const TrialFleet& fleet, const SizingLoad& load,
                                     std::span<const LatencyBound> bounds, double start) {
  double held = start, broken = 0;
  while (!keeps(fleet, load, bounds, held)) {
    broken = held;
    held /= kStep;
    if (held < start * kLeastShare) return std::nullopt;
  }
  if (broken == 0) {
    for (broken = held * kStep; keeps(fleet, load, bounds, broken); broken *= kStep) held = broken;
  }
  while (broken / held > kWithin) {
    const double middle = std::sqrt(held * broken);
    (keeps(fleet, load, bounds, middle) ? held : broken) = middle;
  }
  const TrialResult beyond = trial_at(fleet, load, broken, bounds, {});
  Breaking found;
  found.rate = held;
  found.tried = broken;
  found.broken = tightest(beyond.latencies, bounds);
  found.figure = beyond.latencies.figure(bounds[found.broken]);
  found.grew = beyond.grew;
  found.cache_use = beyond.cache_use;
  found.is_memory = beyond.cache_use >= kNearlyFull || beyond.preemptions >= kSomePreempted;
  return found;
}

std::size_t tightest(const Latencies& latencies, std::span<const LatencyBound> bounds) {
  assert(!bounds.empty());
  const auto share = [&](const LatencyBound& bound) {
    return latencies.figure(bound) / bound.most;
  };
  std::size_t found = 0;
  for (std::size_t i = 1; i < bounds.size(); ++i) {
    if (share(bounds[i]) > share(bounds[found])) found = i;
  }
  return found;
}

}  // namespace chokepoint
