#include "sim/engine/economy/programmes.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sim/engine/small_economy.hpp"

namespace chokepoint {
namespace {

TrainingProgramme programme(double units, std::string_view by) {
  TrainingProgramme programme;
  programme.usable_units.value = units;
  programme.by = day(by);
  programme.lead_months.value = 6.0;
  programme.settling_months.value = 1.0;
  return programme;
}

World world_with(const std::vector<TrainingProgramme>& programmes) {
  World world = small_economy();
  world.buyers[kLabBuyer.value].programmes = programmes;
  return world;
}

// Two kinds of one worth, of which the second costs more.
std::vector<Programmes::Option> options() {
  return {{DeviceId{0}, 1.0, Usd{10.0}, 1e6}, {DeviceId{1}, 1.0, Usd{12.0}, 1e6}};
}

TEST_CASE("programmes: each keeps what its own money bought", "[engine][programmes]") {
  const World world = world_with({programme(600, "2025-07-01"), programme(200, "2025-07-01")});
  Programmes programmes(world);
  CHECK(programmes.ask(kCloudBuyer, options(), day("2025-01-01")).empty());
  const auto first = programmes.ask(kLabBuyer, options(), day("2025-01-01"));
  REQUIRE(first.size() == 2);
  CHECK(first[0].money / Usd{1.0} == Approx(600.0 * 10.0 / 5.0));
  CHECK(first[1].money / Usd{1.0} == Approx(200.0 * 10.0 / 5.0));
  programmes.take(first[0], 120.0);
  const auto second = programmes.ask(kLabBuyer, options(), day("2025-02-01"));
  REQUIRE(second.size() == 2);
  CHECK(second[0].money / Usd{1.0} == Approx(480.0 * 10.0 / 4.0));
  CHECK(second[1].money / Usd{1.0} == Approx(200.0 * 10.0 / 4.0));
}

TEST_CASE("programmes: two halves of two kinds are no cluster", "[engine][programmes]") {
  const World world = world_with({programme(600, "2025-07-01")});
  Programmes programmes(world);
  const Date month = day("2025-01-01");
  auto lump = programmes.ask(kLabBuyer, options(), month).at(0);
  CHECK(lump.device == DeviceId{0});
  programmes.take(lump, 300.0);
  lump.device = DeviceId{1};
  programmes.take(lump, 300.0);
  const auto next = programmes.ask(kLabBuyer, options(), month);
  REQUIRE(next.size() == 1);
  CHECK(next[0].money / Usd{1.0} == Approx(300.0 * 10.0 / 5.0));
  programmes.take(next[0], 300.0);
  CHECK(programmes.ask(kLabBuyer, options(), month).empty());
}

TEST_CASE("programmes: of a device with two prices the lower counts, and all that there is",
          "[engine][programmes]") {
  const World world = world_with({programme(600, "2025-07-01")});
  const Programmes programmes(world);
  const auto lumps = programmes.ask(kLabBuyer,
                                    {{DeviceId{1}, 1.0, Usd{9.0}, 60.0},
                                     {DeviceId{0}, 1.0, Usd{10.0}, 70.0},
                                     {DeviceId{0}, 1.0, Usd{15.0}, 70.0}},
                                    day("2025-01-01"));
  REQUIRE(lumps.size() == 1);
  CHECK(lumps[0].device == DeviceId{0});  // 60 a month for five months are too few.
  CHECK(lumps[0].money / Usd{1.0} == Approx(600.0 * 10.0 / 5.0));
}

// A run of the market: 1,200 devices of one unit of work by the first of July, beside the budget.
TEST_CASE("programmes: the market completes a cluster of one kind in time, beside the budget",
          "[engine][programmes][buyers]") {
  const World plain = small_economy();
  const World lumpy = world_with({programme(1'200, "2025-07-01")});
  const auto before = facts_of(plain), after = facts_of(lumpy);
  const auto all = [&](const auto& facts, std::string_view from, std::string_view until) {
    return bought(facts, kLabForeign, from, until) + bought(facts, kLabDomestic, from, until);
  };
  CHECK(all(after, "2025-01-01", "2025-07-01") - all(before, "2025-01-01", "2025-07-01") ==
        Approx(1'200.0).margin(20.0));
  const auto more = [&](OrderId order) {
    return bought(after, order, "2025-01-01", "2025-07-01") -
           bought(before, order, "2025-01-01", "2025-07-01");
  };
  CHECK(std::max(more(kLabForeign), more(kLabDomestic)) == Approx(1'200.0).margin(20.0));
  CHECK(all(after, "2025-07-01", "2026-01-01") ==
        Approx(all(before, "2025-07-01", "2026-01-01")).margin(12.0));
  CHECK(bought(after, kCloudForeign) == Approx(bought(before, kCloudForeign)).margin(12.0));
}

}  // namespace
}  // namespace chokepoint
