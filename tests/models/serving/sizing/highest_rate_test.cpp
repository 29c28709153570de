#include "models/serving/sizing/highest_rate.hpp"

#include <catch2/catch.hpp>

#include "tests/models/serving/sizing/small_target.hpp"

namespace chokepoint {
namespace {

struct SmallFleet {
  SmallService service;
  StepCosts costs = service.costs();
  SizingLoad load = small_sizing_load(service);

  TrialFleet of(std::int64_t replicas) {
    TrialPool pool;
    pool.costs = &costs;
    pool.rules = service.started().rules;
    pool.replicas = replicas;
    return {{pool}, Seconds{4}};
  }
  double held(std::int64_t replicas, const std::vector<LatencyBound>& bounds, double start = 10) {
    const auto found = highest_rate(of(replicas), load, bounds, start);
    return found ? found->rate : 0;
  }
};

TEST_CASE("highest rate: it is kept, and the rate above it is not", "[serving][sizing]") {
  SmallFleet fleet;
  const auto bounds = ttft_and_tpot(0.5, 0.03);
  const auto found = highest_rate(fleet.of(2), fleet.load, bounds, 10);
  REQUIRE(found);
  CHECK(trial_at(fleet.of(2), fleet.load, found->rate, bounds, {}).keeps());
  CHECK_FALSE(trial_at(fleet.of(2), fleet.load, found->tried, bounds, {}).keeps());
  CHECK(found->tried / found->rate <= 1.02);
  const bool is_beyond = found->figure > bounds[found->broken].most;
  CHECK((is_beyond || found->grew));
}

TEST_CASE("highest rate: more replicas and looser bounds hold more", "[serving][sizing]") {
  SmallFleet fleet;
  const double one = fleet.held(1, ttft_and_tpot(0.5, 0.03));
  CHECK(fleet.held(4, ttft_and_tpot(0.5, 0.03)) > 3.8 * one);
  CHECK(fleet.held(1, ttft_and_tpot(0.5, 0.06)) > one);
}

TEST_CASE("highest rate: where one starts to look matters little", "[serving][sizing]") {
  SmallFleet fleet;
  const auto bounds = ttft_and_tpot(0.5, 0.03);
  const double from_below = fleet.held(2, bounds, 1);
  CHECK(fleet.held(2, bounds, 300) == Approx(from_below).epsilon(0.06));
  CHECK(fleet.held(2, bounds, 1e-3) == Approx(from_below).epsilon(0.06));
}

TEST_CASE("highest rate: none where an idle fleet is too slow", "[serving][sizing]") {
  SmallFleet fleet;
  CHECK_FALSE(highest_rate(fleet.of(2), fleet.load, ttft_and_tpot(1e-4, 0.03), 10));
}

TEST_CASE("highest rate: many replicas are tried as a part of them", "[serving][sizing]") {
  SmallFleet fleet;
  const auto bounds = ttft_and_tpot(0.5, 0.03);
  const double part = fleet.held(kMostInTrial, bounds, 200);
  CHECK(fleet.held(10 * kMostInTrial, bounds, 2000) == Approx(10 * part).epsilon(0.05));
}

TEST_CASE("highest rate: a trial has a bounded number of requests, whatever the fleet",
          "[serving][sizing]") {
  SmallFleet fleet;
  for (const double in_one : {1.0, 100.0, 1000.0}) {
    const std::int64_t replicas = 1'000'000;
    const double rate = in_one * double(replicas) / fleet.of(replicas).stay.value;
    const TrialResult result =
        trial_at(fleet.of(replicas), fleet.load, rate, ttft_and_tpot(100, 1), {});
    CHECK(double(result.latencies.count()) <= std::max(4000.0, 2.1 * kMostUnderWay));
  }
}

TEST_CASE("highest rate: kinds of many replicas are tried as a part of each", "[serving][sizing]") {
  SmallFleet fleet;
  const auto bounds = ttft_and_tpot(0.5, 0.03);
  const auto of = [&](std::int64_t first, std::int64_t second) {
    TrialFleet both = fleet.of(first);
    both.pools.push_back(both.pools.front());
    both.pools.back().replicas = second;
    const auto found = highest_rate(both, fleet.load, bounds, 10 * double(first + second));
    return found ? found->rate : 0;
  };
  CHECK(of(1'000'000, 500'000) / 1.5e6 == Approx(of(8, 4) / 12).epsilon(0.1));
  CHECK(of(1'000'000, 1) > 0);
}

/// A log that repeats every `requests`, as many a second as it is asked for.
SizingLoad repeating(std::int64_t requests) {
  SizingLoad load;
  load.requests = requests;
  load.at = [](const LoadDraw& draw) -> std::unique_ptr<RequestSource> {
    return std::make_unique<ListSource>(poisson(20'000, draw.rate * draw.share, 1000, 200, 1));
  };
  return load;
}

TEST_CASE("highest rate: of a log that repeats whole passes count", "[serving][sizing]") {
  SmallFleet fleet;
  const auto count = [&](std::int64_t requests) {
    return trial_at(fleet.of(4), repeating(requests), 5, ttft_and_tpot(0.5, 0.03), {})
        .latencies.count();
  };
  CHECK(count(200) % 200 == 0);
  CHECK(count(200) >= 4000);  // As many as a p99 needs.
  CHECK(count(7000) == 7000);
}

TEST_CASE("highest rate: a fleet that fills from a short log has not grown", "[serving][sizing]") {
  SmallFleet fleet;
  fleet.load = repeating(30);  // Fewer than are in the fleet at a time.
  TrialFleet slow = fleet.of(4);
  const auto bounds = std::vector{p99(LatencyMetric::E2e, 100)};
  const TrialResult result = trial_at(slow, fleet.load, 40, bounds, {});
  CHECK(result.in_flight * 4 > 30);
  CHECK_FALSE(result.grew);
}

TEST_CASE("highest rate: what requests that end never break is open", "[serving][sizing]") {
  SmallFleet fleet;
  fleet.load.at = [](const LoadDraw& draw) -> std::unique_ptr<RequestSource> {
    return std::make_unique<ListSource>(poisson(20, draw.rate, 1000, 200, 1));
  };
  const auto found = highest_rate(fleet.of(4), fleet.load, ttft_and_tpot(100, 10), 10);
  REQUIRE(found);
  CHECK(found->is_open);
  CHECK(found->rate > 10);
}

}  // namespace
}  // namespace chokepoint
