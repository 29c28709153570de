#include "sim/scenario/chapters/chapters.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/day.hpp"
#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

TEST_CASE("read_maturation: a stack's history", "[scenario][read]") {
  const World world = world_of(economy_text());
  REQUIRE(world.stack_histories.size() == 1);
  const StackHistory& history = world.stack_histories[0];
  CHECK(history.stack == StackId{1});
  CHECK(history.since == day("2020-01-01"));
  CHECK(history.measured_on == day("2025-04-01"));
  CHECK(history.law.breadth_start.value == 0.1);
  CHECK(history.law.speed_half_months.value == 30.0);
  CHECK(history.law.reset_share_breadth.value == 0.2);
  CHECK(history.law.reset_share_speed.value == 0.3);
  CHECK(history.generations == std::vector<Date>{day("2023-05-01"), day("2025-09-01")});
  CHECK(history.compiles == StackId{0});
  CHECK(history.porting_engineer_months.value == 24.0);
  CHECK(value_on(history.effort, world.first_day()) == 1.0);
}

// Half of what is missing in 20 months, at ever the same share a month.
TEST_CASE("read_maturation: the half of breadth is a share a month", "[scenario][read]") {
  const MaturityLaw law = world_of(economy_text()).stack_histories[0].law;
  CHECK(std::exp(-20.0 * law.breadth_written.value) == Approx(0.5));
}

TEST_CASE("read_maturation: what all stacks share is in the law of each", "[scenario][read]") {
  const World world = world_of(economy_text());
  const MaturityLaw& law = world.stack_histories[0].law;
  CHECK(law.engineer_elasticity.value == 0.5);
  CHECK(law.base_learning.value == 0.1);
  CHECK(law.base_units.value == 10'000.0);
  CHECK(law.upkeep_engineers.value == 0.2);
  CHECK(law.breadth_doubling_months.value == 24.0);
  // An effort of 1 beyond upkeep is the pace 1.
  CHECK(pace(law, {1.2, 0.0}) == Approx(1.0));
  const Maturation& shared = world.maturation;
  CHECK(shared.fallback.slowdown[static_cast<std::size_t>(DeviceKind::Npu)].value == 8.0);
  CHECK(shared.fallback.slowdown[static_cast<std::size_t>(DeviceKind::Ppu)].value == 2.0);
  CHECK(shared.fallback.slowdown[static_cast<std::size_t>(DeviceKind::Dsa)].value == 10.0);
  CHECK(shared.fallback.slowdown[static_cast<std::size_t>(DeviceKind::Gpu)].value == 3.0);
  CHECK(shared.fallback.exponent[static_cast<std::size_t>(WorkKind::Training)].value == 0.8);
  CHECK(shared.fallback.exponent[static_cast<std::size_t>(WorkKind::Prefill)].value == Approx(0.4));
  CHECK(shared.fallback.exponent[static_cast<std::size_t>(WorkKind::Decode)].value == Approx(0.2));
  CHECK(shared.porting.engineer_month.value == Usd{12'000.0});
  CHECK(shared.porting.crowd.value == 40.0);
  CHECK(shared.team_engineers.value == 10.0);
  CHECK(shared.kept_per_generation.value == 0.7);
}

TEST_CASE("read_maturation: what is wrong with it", "[scenario][read]") {
  const std::string text = economy_text();
  const auto begin = text.find("maturities {"), shared = text.find("maturation {"),
             end = text.find("observation_series {");
  const std::string maturity = text.substr(begin, shared - begin);
  const auto again = read_text(text + maturity);  // Also a second element of one name.
  REQUIRE_FALSE(again.errors.empty());
  CHECK(again.errors.back() == "a second maturity of stack 'east_stack' | one maturity per stack");
  CHECK(only_error(std::string(text).erase(shared, end - shared)) ==
        "maturation is missing, though stacks mature | say what all stacks have in common: "
        "maturation { "
        "... }");
  CHECK(only_error(economy_but("maturities {", "2025-09-01", "2023-05-01")) ==
        "a generation on 2023-05-01 after one on 2023-05-01 | dates out of order: generations come "
        "one after the other");
  CHECK(only_error(economy_but("maturities {", "name: \"east_stack\"", "name: \"east_stak\"")) ==
        "no stack 'east_stak' in the scenario | did you mean 'east_stack'?");
  CHECK(
      only_error(economy_but("maturities {", "speed_start { value: 0.3", "speed_start { value: 0"))
          .find("speed_start is 0") == 0);
  CHECK(only_error(
            economy_but("maturation {", "npu_slowdown { value: 8", "npu_slowdown { value: 0.8"))
            .find("npu_slowdown is 0.8, must be at least 1") == 0);
}

TEST_CASE("read_maturation: devices as fast as they were on a day", "[scenario][read]") {
  const std::string speed = "device_speeds { name: \"west_gpu\" training: 0.5 decode: 2 }";
  CHECK(small_world().device_speeds.empty());
  const World world = world_of(small_text() + speed);
  REQUIRE(world.device_speeds.size() == world.devices.size());
  for (std::size_t i = 0; i < world.devices.size(); ++i) {
    const std::array<double, kWorkKinds> slow{0.5, 1.0, 2.0}, same{1.0, 1.0, 1.0};
    CHECK(world.device_speeds[i] == (world.devices[i].name == "west_gpu" ? slow : same));
  }
  CHECK(only_error(small_text() + speed + speed).find("west_gpu") != std::string::npos);
  CHECK(
      only_error(economy_text() + speed) ==
      "device_speeds beside maturities | leave one of the two out: stacks mature, or stay as they "
      "were on a day");
}

}  // namespace
}  // namespace chokepoint
