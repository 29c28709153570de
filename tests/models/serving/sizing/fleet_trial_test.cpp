#include "models/serving/sizing/fleet_trial.hpp"

#include <catch2/catch.hpp>

#include "tests/models/serving/sizing/small_target.hpp"

namespace chokepoint {
namespace {

struct OneTrial {
  SmallService service;
  StepCosts costs = service.costs();
  SizingLoad load = small_sizing_load(service);
  TrialWindow window{200, 1000, Seconds{0.5}};
  std::vector<LatencyBound> bounds = ttft_and_tpot(1, 0.05);

  TrialResult at(double rate, std::int64_t replicas, bool stops_early = false) {
    TrialPool pool;
    pool.costs = &costs;
    pool.rules = service.started().rules;
    pool.replicas = replicas;
    return try_fleet(std::vector{pool}, load.at({rate}), window, bounds, stops_early);
  }
};

TEST_CASE("fleet trial: an idle fleet keeps what a request alone keeps", "[serving][sizing]") {
  OneTrial one;
  const TrialResult idle = one.at(0.5, 2);
  CHECK(idle.keeps());
  CHECK(idle.latencies.count() == one.window.counted);
  CHECK(idle.share_within() == 1);
  CHECK(idle.in_flight < 1);
  CHECK(idle.preemptions == 0);
}

TEST_CASE("fleet trial: too many requests break a bound, or pile up", "[serving][sizing]") {
  OneTrial one;
  const TrialResult busy = one.at(2000, 1);
  CHECK_FALSE(busy.keeps());
  REQUIRE(busy.broken);
  CHECK(busy.latencies.figure(one.bounds[*busy.broken]) > one.bounds[*busy.broken].most);
  SECTION("without a bound on waiting they pile up all the same") {
    one.bounds = {p99(LatencyMetric::Tpot, 10)};
    CHECK(one.at(2000, 1).grew);
  }
}

TEST_CASE("fleet trial: to stop early changes no verdict", "[serving][sizing]") {
  OneTrial one;
  for (const double rate : {5.0, 20.0, 40.0, 80.0, 160.0}) {
    CHECK(one.at(rate, 2).keeps() == one.at(rate, 2, true).keeps());
  }
}

TEST_CASE("fleet trial: requests in flight are those that come times how long they stay",
          "[serving][sizing]") {
  OneTrial one;
  const TrialResult result = one.at(20, 2);
  const double stay = result.latencies.figure({LatencyMetric::E2e, std::nullopt, Seconds{1}}).value;
  CHECK(result.in_flight == Approx(20 * stay / 2).epsilon(0.15));
  CHECK(result.cache_use > 0);
}

TEST_CASE("fleet trial: a request that fits nowhere counts as beyond all bounds",
          "[serving][sizing]") {
  OneTrial one;
  one.load.at = [](const LoadDraw&) -> std::unique_ptr<RequestSource> {
    std::vector<Request> requests = poisson(1300, 5, 100, 20, 1);
    for (std::size_t i = 300; i < 320; ++i) requests[i].prompt = 1 << 30;
    return std::make_unique<ListSource>(requests);
  };
  const TrialResult result = one.at(1, 1);
  CHECK_FALSE(result.keeps());
  CHECK(result.share_within() == Approx(0.98));
}

TEST_CASE("fleet trial: answers of one token have no time between two", "[serving][sizing]") {
  OneTrial one;
  one.load.at = [](const LoadDraw&) -> std::unique_ptr<RequestSource> {
    std::vector<Request> requests = poisson(1300, 5, 100, 20, 1);
    for (std::size_t i = 0; i < requests.size(); ++i) requests[i].output = i % 4 == 0 ? 20 : 1;
    return std::make_unique<ListSource>(requests);
  };
  one.bounds = {{LatencyMetric::Tpot, std::nullopt, Seconds{1}}};
  const Seconds mean = one.at(1, 1).latencies.figure(one.bounds.front());
  one.bounds.front().most = mean * 0.8;  // Above the mean with three zeros to each.
  CHECK_FALSE(one.at(1, 1).keeps());
  CHECK_FALSE(one.at(1, 1, true).keeps());
  one.bounds.front().most = mean * 1.01;
  CHECK(one.at(1, 1).keeps());
  one.bounds = {{LatencyMetric::Tpot, 0.5, mean * 0.5}};
  CHECK_FALSE(one.at(1, 1).keeps());
}

}  // namespace
}  // namespace chokepoint
