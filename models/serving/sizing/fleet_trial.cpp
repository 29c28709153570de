#include "models/serving/sizing/fleet_trial.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "models/serving/fleet.hpp"
#include "models/serving/nanoseconds.hpp"

namespace chokepoint {
namespace {

constexpr double kGrowth = 0.05, kGrowthDeviations = 3;

// Numbers requests in their order.
class Numbered : public RequestSource {
public:
  explicit Numbered(std::unique_ptr<RequestSource> of) : of_(std::move(of)) {}

  std::optional<Nanoseconds> next_arrival() override { return of_->next_arrival(); }
  std::optional<Request> next() override {
    std::optional<Request> request = of_->next();
    if (request) request->id = made_++;
    return request;
  }
  std::int64_t made() const { return static_cast<std::int64_t>(made_); }

private:
  std::unique_ptr<RequestSource> of_;
  std::uint64_t made_ = 0;
};

// Judges requests that count as they end.
class Judge : public FleetObserver {
public:
  Judge(const TrialWindow& window, std::span<const LatencyBound> bounds)
      : window_(window), bounds_(bounds), beyond_(bounds.size(), 0.0) {}

  void ended(const EndedRequest& end) override {
    const std::int64_t number = static_cast<std::int64_t>(end.request.id) - window_.skipped;
    if (number < 0 || number >= window_.counted) return;
    const bool is_delivered = end.outcome == RequestOutcome::Delivered;
    if (is_delivered) {
      result_.latencies.add(end.times, end.request.output);
      stayed_ += to_seconds(end.times.last - end.times.arrival).value;
    } else {
      result_.latencies.add_undelivered();
    }
    bool is_within = is_delivered;
    for (std::size_t i = 0; i < bounds_.size(); ++i) {
      is_within = judge(i, end, is_delivered) && is_within;
    }
    if (is_within) ++result_.within_all;
  }

  /// Judges what a count of all requests could not tell: of some no such time counts.
  void finish() {
    for (std::size_t i = 0; i < bounds_.size() && !result_.broken; ++i) {
      if (result_.latencies.figure(bounds_[i]) > bounds_[i].most) result_.broken = i;
    }
  }

  bool is_over() const { return result_.latencies.count() >= window_.counted; }
  /// Seconds in the fleet of a request, on average; those not delivered are there for none.
  double mean_stay() const {
    return stayed_ / static_cast<double>(std::max<std::int64_t>(result_.latencies.count(), 1));
  }
  TrialResult& result() { return result_; }

private:
  // Whether the request is within bound `i`; what is beyond it adds up until it is broken.
  bool judge(std::size_t i, const EndedRequest& end, bool is_delivered) {
    const LatencyBound& bound = bounds_[i];
    if (is_delivered && !has_latency(bound.metric, end.request.output)) return true;
    const double taken = to_seconds(latency_of(bound.metric, end.times, end.request.output)).value;
    const bool is_within = is_delivered && taken <= bound.most.value;
    const auto count = static_cast<double>(window_.counted);
    double allowed = 0;
    if (bound.quantile) {
      beyond_[i] += is_within ? 0 : 1;
      allowed = static_cast<double>(allowed_to_exceed(*bound.quantile, window_.counted));
    } else {
      beyond_[i] += is_delivered ? taken : 2 * bound.most.value * count;
      allowed = bound.most.value * count;
    }
    if (beyond_[i] > allowed && !result_.broken) result_.broken = i;
    return is_within;
  }

  TrialWindow window_;
  std::span<const LatencyBound> bounds_;
  double stayed_ = 0;
  std::vector<double> beyond_;  // Requests, or seconds where the bound is on the mean.
  TrialResult result_;
};

FleetSpec spec_of(std::span<const TrialPool> pools) {
  FleetSpec spec;
  for (const TrialPool& each : pools) {
    PoolSpec pool;
    pool.costs = each.costs;
    pool.rules = each.rules;
    pool.replicas = each.replicas;
    pool.weight = each.weight;
    spec.pools.push_back(pool);
  }
  return spec;
}

// What the fleet had done by a moment.
struct Snapshot {
  Nanoseconds at = 0;
  std::int64_t outstanding = 0;
  double preemptions = 0;
};

Snapshot snapshot_of(const Fleet& fleet, std::size_t pools) {
  Snapshot taken;
  taken.at = fleet.now();
  taken.outstanding = fleet.outstanding();
  for (std::size_t i = 0; i < pools; ++i) {
    taken.preemptions += static_cast<double>(fleet.pool(i).engines.preemptions);
  }
  return taken;
}

// The mean of what is seen at every look: the share of all blocks of cache that is in use.
class CacheUse {
public:
  void look_at(const Fleet& fleet) {
    double used = 0, all = 0;
    for (std::uint32_t i = 0; i < fleet.replicas(); ++i) {
      used += static_cast<double>(fleet.replica(i).blocks_in_use());
      all += static_cast<double>(fleet.replica(i).rules().blocks);
    }
    sum_ += used / std::max(all, 1.0);
    ++looks_;
  }
  double mean() const { return looks_ > 0 ? sum_ / looks_ : 0; }

private:
  double sum_ = 0;
  int looks_ = 0;
};

bool has_grown(const Snapshot& from, const Snapshot& to, std::int64_t counted) {
  const auto growth = static_cast<double>(to.outstanding - from.outstanding);
  const double by_chance = kGrowthDeviations * std::sqrt(static_cast<double>(to.outstanding));
  return growth > kGrowth * static_cast<double>(counted) + by_chance;
}

// How busy the fleet was between two moments at which `came` requests came.
void describe(std::span<const TrialPool> pools, const Snapshot& from, const Snapshot& to,
              double came, const Judge& judge, TrialResult& result) {
  const double seconds = to_seconds(to.at - from.at).value;
  if (seconds <= 0 || came <= 0) return;
  double replicas = 0;
  for (const TrialPool& pool : pools) replicas += static_cast<double>(pool.replicas);
  result.in_flight = came / seconds * judge.mean_stay() / replicas;
  result.preemptions = (to.preemptions - from.preemptions) / came;
}

}  // namespace

TrialResult try_fleet(std::span<const TrialPool> pools, std::unique_ptr<RequestSource> source,
                      const TrialWindow& window, std::span<const LatencyBound> bounds,
                      bool stops_early) {
  assert(!pools.empty() && !bounds.empty() && window.counted > 0 && window.look.value > 0);
  Judge judge(window, bounds);
  Fleet fleet(spec_of(pools), &judge);
  Numbered numbered(std::move(source));
  const auto look = std::max<Nanoseconds>(to_nanoseconds(window.look), 1);
  const auto is_decided = [&] { return judge.is_over() || (stops_early && judge.result().broken); };
  const auto run_until_made = [&](std::int64_t requests, CacheUse* cache) {
    while (numbered.made() < requests && !is_decided()) {
      const auto next = fleet.next_event(numbered);
      if (!next) break;
      fleet.run(numbered, *next + look);
      if (cache != nullptr) cache->look_at(fleet);
    }
    return snapshot_of(fleet, pools.size());
  };
  const std::int64_t skipped = std::max<std::int64_t>(window.skipped, 1);
  const Snapshot from = run_until_made(skipped, nullptr);
  const std::int64_t made_before = numbered.made();
  CacheUse cache;
  const Snapshot to = run_until_made(window.skipped + window.counted, &cache);
  TrialResult& result = judge.result();
  const double came = static_cast<double>(numbered.made() - made_before);
  result.grew = has_grown(from, to, window.counted);
  result.cache_use = cache.mean();
  const bool is_cut = stops_early && result.grew;
  while (!is_decided() && !is_cut) {
    const auto next = fleet.next_event(numbered);
    if (!next) break;
    fleet.run(numbered, *next + look);
  }
  if (!is_cut) judge.finish();
  describe(pools, from, to, came, judge, result);
  return std::move(result);
}

}  // namespace chokepoint
