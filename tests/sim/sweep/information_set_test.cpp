#include "sim/sweep/information_set.hpp"

#include <catch2/catch.hpp>

#include "tests/day.hpp"
#include "tests/sim/study/small_history.hpp"

namespace chokepoint {
namespace {

TEST_CASE("information set: it says what is known, how long it runs, and which draw", "[sweep]") {
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

TEST_CASE("information set: policy is known up to an end within a day", "[sweep]") {
  Composed composed = small_history();
  composed.scenario.set_end("2025-12-31T06:00:00Z");
  InformationSet from;
  from.policy_as_it_came = true;
  CHECK(world_from(std::move(composed), from).policy_as_of == day("2026-01-01"));
}

TEST_CASE("information set: draws are paired by the scenario's seed", "[sweep]") {
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

TEST_CASE("information set: a draw that no field can have is told", "[sweep]") {
  const Composed composed = small_history_with(
      "alternative_worlds { name: \"none\" weight: 1 set { path: \"buyers[lab_north].org\" value: "
      "\"'nobody'\" } }");
  InformationSet from;
  CHECK(world_from(Composed(composed), from).buyers.size() == 2);
  from.draw = 1;
  CHECK_THROWS_AS(world_from(Composed(composed), from), std::runtime_error);
  CHECK_THROWS_WITH(world_from(Composed(composed), from), Catch::Contains("no org 'nobody'"));
}

TEST_CASE("information set: who stands on a day draws no view that came later", "[sweep]") {
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

}  // namespace
}  // namespace chokepoint
