#include "models/serving/sizing/highest_rate.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {
namespace {

constexpr double kLeastCounted = 1500, kBeyondQuantile = 40;
constexpr double kStaysSkipped = 3, kStaysCounted = 2;
constexpr double kLooksInStay = 16;
constexpr double kStep = 1.15, kWithin = 1.02, kLeastShare = 1e-3, kMostTimes = 1e9;
constexpr int kSmallSteps = 8;  // Then the rate doubles: a log may begin far below.
constexpr double kLongStep = 2;
constexpr double kNearlyFull = 0.9, kSomePreempted = 0.01;

double counted_for(std::span<const LatencyBound> bounds) {
  double counted = kLeastCounted;
  for (const LatencyBound& bound : bounds) {
    if (bound.quantile) counted = std::max(counted, kBeyondQuantile / (1 - *bound.quantile));
  }
  return counted;
}

TrialWindow window_of(const SizingLoad& load, const LoadDraw& draw, Seconds stay,
                      std::span<const LatencyBound> bounds, double times) {
  const double in_a_stay = draw.rate * draw.share * stay.value;
  TrialWindow window;
  window.look = stay / kLooksInStay;
  double skipped = std::ceil(in_a_stay * kStaysSkipped);
  double counted = std::ceil(std::max(counted_for(bounds), in_a_stay * kStaysCounted) * times);
  if (load.requests) {
    const double pass = static_cast<double>(*load.requests) * draw.share;
    skipped = std::max(skipped, std::min(pass, kLeastCounted));
    counted = std::ceil(counted / pass) * pass;
  }
  window.skipped = std::llround(skipped);
  window.counted = std::max<std::int64_t>(std::llround(counted), 1);
  return window;
}

// What pools serve beside others: a request weighs the more the fewer a replica serves.
double capacity_of(const std::vector<TrialPool>& pools) {
  double capacity = 0;
  for (const TrialPool& pool : pools) capacity += static_cast<double>(pool.replicas) / pool.weight;
  return capacity;
}

// Makes a part of a fleet of many replicas, and gives the share of the requests that it gets, of
// which `under_way` are in the whole fleet.
double take_part(std::vector<TrialPool>& pools, double under_way) {
  std::int64_t most = 0;
  for (const TrialPool& pool : pools) most = std::max(most, pool.replicas);
  const double in_one = std::max(under_way / static_cast<double>(most), 1.0);
  const double few = std::max(kMostUnderWay / in_one, double(kLeastInTrial));
  const double taken = std::min(few, double(kMostInTrial));
  if (static_cast<double>(most) <= taken) return 1;
  const double whole = capacity_of(pools);
  const double part = taken / static_cast<double>(most);
  for (TrialPool& pool : pools) {
    const double replicas = std::round(static_cast<double>(pool.replicas) * part);
    pool.replicas = std::max<std::int64_t>(std::llround(replicas), 1);
  }
  return std::min(capacity_of(pools) / whole, 1.0);
}

bool keeps(const TrialFleet& fleet, const SizingLoad& load, std::span<const LatencyBound> bounds,
           double rate) {
  return trial_at(fleet, load, rate, bounds, {.stops_early = true}).keeps();
}

Breaking open_at(double rate) {
  Breaking none;
  none.rate = rate;
  none.is_open = true;
  return none;
}

}  // namespace

TrialResult trial_at(const TrialFleet& fleet, const SizingLoad& load, double rate,
                     std::span<const LatencyBound> bounds, const TrialDraws& draws) {
  assert(rate > 0 && fleet.stay.value > 0);
  std::vector<TrialPool> pools = fleet.pools;
  const LoadDraw draw{rate, draws.seed, take_part(pools, rate * fleet.stay.value)};
  return try_fleet(pools, load.at(draw), window_of(load, draw, fleet.stay, bounds, draws.times),
                   bounds, draws.stops_early);
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
    int steps = 0;
    for (broken = held * kStep; keeps(fleet, load, bounds, broken);
         broken *= ++steps < kSmallSteps ? kStep : kLongStep) {
      held = broken;
      if (held > start * kMostTimes) return open_at(held);
    }
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
