#include "models/serving/sizing/held_rate.hpp"

#include <catch2/catch.hpp>

#include "tests/models/serving/sizing/small_target.hpp"

namespace chokepoint {
namespace {

std::variant<HeldFleet, NoFleet> held(std::int64_t devices, const std::vector<LatencyBound>& bounds,
                                      const SmallSizing& sizing = SmallSizing()) {
  const SizingLoad load = small_sizing_load(sizing.service);
  return best_of_devices(sizing.choice(), load, devices, bounds);
}

TEST_CASE("held rate: what is sized for a rate holds about that rate", "[serving][sizing]") {
  const SmallSizing sizing;
  const auto bounds = ttft_and_tpot(0.5, 0.03);
  const std::int64_t devices = sizing.devices(150, bounds);
  CHECK(std::get<HeldFleet>(held(devices, bounds)).breaking.rate >= 150 * 0.97);
}

TEST_CASE("held rate: more devices and looser bounds hold more", "[serving][sizing]") {
  double before = 0;
  for (const std::int64_t devices : {1, 3, 8, 24}) {
    const auto found = held(devices, ttft_and_tpot(0.5, 0.03));
    const auto& fleet = std::get<HeldFleet>(found);
    CHECK(fleet.devices() <= devices);
    CHECK(fleet.breaking.rate > before);
    before = fleet.breaking.rate;
  }
  const auto looser = held(24, ttft_and_tpot(1, 0.06));
  CHECK(std::get<HeldFleet>(looser).breaking.rate >= before);
}

TEST_CASE("held rate: too few devices for the model hold nothing, with the arithmetic",
          "[serving][sizing]") {
  SmallService service;
  service.device.memory = 8_GiB;
  service.device.visible_memory.reset();
  const SmallSizing sizing(service);
  const auto found = held(1, ttft_and_tpot(5, 0.5), sizing);
  const auto& none = std::get<NoFleet>(found);
  CHECK(none.why == NoFleet::Why::Memory);
  CHECK(none.nearest.plan.devices() == 1);
  CHECK(std::holds_alternative<HeldFleet>(held(8, ttft_and_tpot(5, 0.5), sizing)));
}

}  // namespace
}  // namespace chokepoint
