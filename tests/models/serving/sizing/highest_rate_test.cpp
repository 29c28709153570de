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

TEST_CASE("highest rate: a log with an end is sent whole", "[serving][sizing]") {
  SmallFleet fleet;
  fleet.load.requests = 500;
  fleet.load.at = [](double rate, std::uint64_t) -> std::unique_ptr<RequestSource> {
    return std::make_unique<ListSource>(poisson(500, rate, 1000, 200, 1));
  };
  const auto result = trial_at(fleet.of(4), fleet.load, 5, ttft_and_tpot(0.5, 0.03), {});
  CHECK(result.latencies.count() >= 400);
  CHECK(result.latencies.count() < 500);
}

}  // namespace
}  // namespace chokepoint
