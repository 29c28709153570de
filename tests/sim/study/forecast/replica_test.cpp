#include "sim/study/forecast/replica.hpp"

#include <catch2/catch.hpp>

#include "tests/day.hpp"
#include "tests/sim/study/small_history.hpp"

namespace chokepoint {
namespace {

TEST_CASE("replica: figures are called by their series and name", "[history]") {
  const World world = small_history_world();
  CHECK(figure_key(world.observed[0], world.observed[0].figures[2]) == "east_units#Q3");
}

// 10 packages delivered on the first of each month but for November.
TEST_CASE("replica: a run shows every figure of a period that it covers", "[history]") {
  World world = small_history_world();
  Ledger ledger(world);
  for (int month = 0; month < 10; ++month) {
    ShipmentDelivered fact;
    fact.time = world.calendar().at(add_months(world.first_day(), month));
    fact.order = world.blanket_orders[0].order;
    fact.device = DeviceId{1};
    fact.units = 10.0;
    ledger.record(fact);
  }
  CHECK(published_figures(world, ledger) == Figures{{"east_units#Q1", 30.0},
                                                    {"east_units#Q2", 30.0},
                                                    {"east_units#Q3", 30.0},
                                                    {"east_units#Q4", 10.0}});
  world.end = day("2025-09-30");  // A day short of the third quarter.
  CHECK(published_figures(world, ledger).size() == 2);
  world.start = day("2025-01-02");
  CHECK(published_figures(world, ledger).size() == 1);
}

TEST_CASE("replica: a information says what is known, how long it runs, and which draw",
          "[history]") {
  const Composed composed = small_history();
  InformationSet from;
  CHECK_FALSE(world_from(Composed(composed), from).as_of);
  CHECK(world_from(Composed(composed), from).end == day("2026-01-01"));
  from.as_of = day("2025-02-01");
  from.until = day("2027-01-01");
  const World early = world_from(Composed(composed), from);
  CHECK(early.as_of == from.as_of);
  CHECK(early.policy_as_of == from.as_of);
  CHECK(early.end == from.until);
  CHECK_FALSE(early.regime.rules[0].enabled);  // Announced in April.
  from.policy_as_it_came = true;
  const World given = world_from(Composed(composed), from);
  CHECK(given.as_of == from.as_of);
  CHECK(given.regime.rules[0].enabled);
  CHECK(given.buyers[0].budget.points.size() == 2);
}

TEST_CASE("replica: draws are paired by the scenario's seed", "[history]") {
  const auto stock = [](const Composed& composed, int draw) {
    InformationSet from;
    from.draw = draw;
    return world_from(Composed(composed), from).supplies[1].stock.value;
  };
  const Composed composed = small_history();
  Composed other = composed;
  other.scenario.set_seed(8);
  CHECK(stock(composed, 0) == 1'000.0);
  CHECK(stock(composed, 1) == stock(composed, 1));
  CHECK(stock(composed, 1) != stock(composed, 2));
  CHECK(stock(composed, 1) != stock(other, 1));
  Composed without = composed;  // As is a scenario without one.
  other.scenario.set_seed(1);
  without.scenario.clear_seed();
  CHECK(stock(without, 1) == stock(other, 1));
}

TEST_CASE("replica: a draw that no field can have is told", "[history]") {
  const Composed composed = small_history_with(
      "alternative_worlds { name: \"none\" weight: 1 set { path: \"buyers[lab_north].org\" value: "
      "\"'nobody'\" } }");
  InformationSet from;
  CHECK(world_from(Composed(composed), from).buyers.size() == 2);
  from.draw = 1;
  CHECK_THROWS_AS(world_from(Composed(composed), from), std::runtime_error);
  CHECK_THROWS_WITH(world_from(Composed(composed), from), Catch::Contains("no org 'nobody'"));
}

TEST_CASE("replica: who stands on a day draws no view that came later", "[history]") {
  const Composed composed = small_history_with(
      "alternative_worlds { name: \"none\" weight: 1 known_on: \"2025-01-01\" set { path: "
      "\"buyers[lab_north].org\" value: \"'nobody'\" } }");
  InformationSet from;
  from.draw = 1;
  from.as_of = parse_date("2024-12-31");
  CHECK(world_from(Composed(composed), from).buyers.size() == 2);
  from.as_of = parse_date("2025-01-01");
  CHECK_THROWS_AS(world_from(Composed(composed), from), std::runtime_error);
}

TEST_CASE("replica: a run fills a ledger", "[history]") {
  const World world = small_history_world();
  const auto runs = run_replicas(
      2, 2, [&](int) { return published_figures(world, ledger_of(world)); }, [](int) {});
  CHECK(runs[0] == runs[1]);
  CHECK(runs[0].size() == 4);
  for (const auto& [name, units] : runs[0]) CHECK(units > 0.0);
}

}  // namespace
}  // namespace chokepoint
