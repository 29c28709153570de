#include "sim/engine/economy/programmes.hpp"

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

TEST_CASE("programmes: what a buyer gets is shared by what each asked for",
          "[engine][programmes]") {
  const World world = world_with({programme(600, "2025-07-01"), programme(200, "2025-07-01")});
  Programmes programmes(world);
  const Date month = day("2025-01-01");
  CHECK(programmes.ask(kCloudBuyer, Usd{10.0}, month) == Usd{});
  const Usd first = programmes.ask(kLabBuyer, Usd{10.0}, month);
  CHECK(first / Usd{1.0} == Approx(800.0 * 10.0 / 5.0));
  programmes.take(kLabBuyer, 160.0);
  const Usd second = programmes.ask(kLabBuyer, Usd{10.0}, day("2025-02-01"));
  CHECK(second / Usd{1.0} == Approx(640.0 * 10.0 / 4.0));
}

TEST_CASE("programmes: nothing is taken for what nobody asked", "[engine][programmes]") {
  const World world = world_with({programme(600, "2030-07-01")});
  Programmes programmes(world);
  CHECK(programmes.ask(kLabBuyer, Usd{10.0}, day("2025-01-01")) == Usd{});
  programmes.take(kLabBuyer, 1'000.0);
  CHECK(programmes.ask(kLabBuyer, Usd{10.0}, day("2030-05-01")) / Usd{1.0} == Approx(6'000.0));
}

// A run of the market: 1,200 devices of one unit of work by the first of July, beside the budget.
TEST_CASE("programmes: the market completes a cluster in time, beside the budget, at its price",
          "[engine][programmes][buyers]") {
  const World plain = small_economy();
  const World lumpy = world_with({programme(1'200, "2025-07-01")});
  const auto before = facts_of(plain), after = facts_of(lumpy);
  const auto all = [&](const auto& facts, std::string_view from, std::string_view until) {
    return bought(facts, kLabForeign, from, until) + bought(facts, kLabDomestic, from, until);
  };
  CHECK(all(after, "2025-01-01", "2025-07-01") - all(before, "2025-01-01", "2025-07-01") ==
        Approx(1'200.0).margin(20.0));
  CHECK(all(after, "2025-07-01", "2026-01-01") ==
        Approx(all(before, "2025-07-01", "2026-01-01")).margin(12.0));
  CHECK(bought(after, kCloudForeign) == Approx(bought(before, kCloudForeign)).margin(12.0));
}

}  // namespace
}  // namespace chokepoint
