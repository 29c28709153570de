#include "models/serving/sizing/fleet_size.hpp"

#include <catch2/catch.hpp>

#include "tests/models/serving/sizing/small_target.hpp"

namespace chokepoint {
namespace {

TEST_CASE("fleet size: what it finds keeps the target, and one replica less does not",
          "[serving][sizing]") {
  const SmallSizing sizing;
  const auto bounds = ttft_and_tpot(0.5, 0.03);
  const auto found = sizing.sized(150, bounds);
  const auto& fleet = std::get<SizedFleet>(found);
  CHECK(fleet.trial.keeps());
  REQUIRE(fleet.breaking);
  CHECK(fleet.breaking->rate >= 150);
  StepCosts costs = step_costs(sizing.task, fleet.estimate.plan);
  const SizingLoad load = small_sizing_load(sizing.service);
  const auto with = [&](std::int64_t replicas, std::uint64_t seed) {
    return trial_at(trial_fleet(sizing.choice(), fleet.estimate, costs, replicas, 150), load, 150,
                    bounds, {.seed = seed});
  };
  const bool is_less_enough =
      with(fleet.replicas - 1, 1).keeps() &&
      trial_at(trial_fleet(sizing.choice(), fleet.estimate, costs, fleet.replicas - 1, 150), load,
               150, bounds, {.seed = 2, .times = 2})
          .keeps();
  CHECK_FALSE(is_less_enough);
  for (const std::uint64_t seed : {5, 6, 7}) {
    CHECK(with(fleet.replicas, seed).share_within() ==
          Approx(fleet.trial.share_within()).margin(0.01));
  }
}

TEST_CASE("fleet size: more requests never need fewer devices", "[serving][sizing]") {
  const SmallSizing sizing;
  std::int64_t before = 0;
  for (const double rate : {1.0, 40.0, 60.0, 90.0, 135.0, 270.0}) {
    const std::int64_t devices = sizing.devices(rate, ttft_and_tpot(0.5, 0.03));
    CHECK(devices >= before);
    before = devices;
  }
}

TEST_CASE("fleet size: a looser target never needs more devices", "[serving][sizing]") {
  const SmallSizing sizing;
  std::int64_t before = 1 << 30;
  for (const double by : {1.0, 1.3, 1.7, 2.5, 4.0}) {
    const std::int64_t devices = sizing.devices(200, ttft_and_tpot(0.25 * by, 0.02 * by));
    CHECK(devices <= before);
    before = devices;
  }
  const auto only_tpot = {p99(LatencyMetric::Tpot, 0.02)};
  CHECK(sizing.devices(200, only_tpot) <= sizing.devices(200, ttft_and_tpot(0.25, 0.02)));
}

TEST_CASE("fleet size: the same question has the same answer", "[serving][sizing]") {
  const SmallSizing sizing;
  const auto once = std::get<SizedFleet>(sizing.sized(100, ttft_and_tpot(0.5, 0.03)));
  const auto again = std::get<SizedFleet>(sizing.sized(100, ttft_and_tpot(0.5, 0.03)));
  CHECK(once.devices() == again.devices());
  CHECK(once.trial.in_flight == again.trial.in_flight);
  CHECK(once.breaking->rate == again.breaking->rate);
}

TEST_CASE("fleet size: what does not fit is no fleet, whatever its target", "[serving][sizing]") {
  SmallService service;
  service.device.memory = 1_GiB;
  service.device.visible_memory.reset();
  const SmallSizing sizing(service);
  const auto found = sizing.sized(1, ttft_and_tpot(100, 10));
  const auto& none = std::get<NoFleet>(found);
  CHECK(none.why == NoFleet::Why::Memory);
  CHECK(none.nearest.fit.fit == MemoryFit::No);
}

TEST_CASE("fleet size: plans that do not fit are not among those found", "[serving][sizing]") {
  SmallService service;
  service.device.memory = 8_GiB;
  service.device.visible_memory.reset();
  const SmallSizing sizing(service);
  const auto found = sizing.sized(5, ttft_and_tpot(5, 0.5));
  const auto& fleet = std::get<SizedFleet>(found);
  CHECK(fleet.estimate.plan.devices() > 1);
  CHECK(fleet.estimate.fit.fit != MemoryFit::No);
}

TEST_CASE("fleet size: a target below one request alone is out of reach, with its figure",
          "[serving][sizing]") {
  const SmallSizing sizing;
  const auto found = sizing.sized(1, {p99(LatencyMetric::Tpot, 1e-5)});
  const auto& none = std::get<NoFleet>(found);
  CHECK(none.why == NoFleet::Why::Alone);
  CHECK(none.figure.value > 1e-5);
}

TEST_CASE("fleet size: a tail that an idle fleet misses is out of reach", "[serving][sizing]") {
  const SmallSizing sizing;
  const auto idle = std::get<SizedFleet>(sizing.sized(1, {p99(LatencyMetric::E2e, 100)}));
  const double mean =
      idle.trial.latencies.figure({LatencyMetric::E2e, std::nullopt, Seconds{1}}).value;
  const auto found = sizing.sized(1, {p99(LatencyMetric::E2e, mean * 0.4)}, 1.5);
  const auto& none = std::get<NoFleet>(found);
  CHECK(none.why == NoFleet::Why::Tail);
  CHECK(none.figure.value > mean * 0.4);
}

}  // namespace
}  // namespace chokepoint
