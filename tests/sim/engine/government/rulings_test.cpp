#include "sim/engine/government/rulings.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

TEST_CASE("rulings: told when the law changes for an order, not at every delivery",
          "[engine][rulings]") {
  World world = small_world();
  Rule letter = rule_on_foreign(kUs, "2025-04-11", 0.0);
  letter.validity.ended = day("2025-08-01");
  Rule stop = rule_on_foreign(kCn, "2025-06-01", 0.0);
  Rule unrelated = rule_on_foreign(kUs, "2025-05-01", 0.0);
  unrelated.item.devices = {kDomestic};
  unrelated.destinations = {kUs};
  world.regime.rules = {letter, stop, unrelated};
  const auto told = only<RulingGiven>(facts_of(world));
  REQUIRE(told.size() == 3);
  CHECK(told[0].time == 100_days);
  CHECK(told[0].exporter.rule == RuleId{0});
  CHECK(told[0].exporter.verdict == Verdict::Prohibited);
  CHECK(told[0].admitted_share == 0.0);
  CHECK_FALSE(told[0].importer.rule);
  CHECK(told[1].importer.rule == RuleId{1});
  CHECK(told[1].exporter.rule == RuleId{0});
  CHECK_FALSE(told[2].exporter.rule);
  CHECK(told[2].exporter.verdict == Verdict::Free);
}

TEST_CASE("rulings: what holds at the start is told then, what is free is not",
          "[engine][rulings]") {
  World world = small_world();
  CHECK(only<RulingGiven>(facts_of(world)).empty());
  world.regime.rules = {rule_on_foreign(kUs, "2020-01-01", 0.5)};
  const auto told = only<RulingGiven>(facts_of(world));
  REQUIRE(told.size() == 1);
  CHECK(told[0].time == 0_s);
  CHECK(told[0].admitted_share == 0.5);
}

TEST_CASE("rulings: the way of the goods counts", "[engine][rulings]") {
  World world = small_world();
  Rule reexports = rule_on_foreign(kUs, "2025-02-01", 0.0);
  reexports.exported_from_except = {kUs};
  reexports.reaches_abroad = true;
  world.regime.rules = {reexports};
  CHECK(only<RulingGiven>(facts_of(world)).empty());
  world.orders[0].exported_from = Country("TW");
  CHECK(only<RulingGiven>(facts_of(world)).size() == 1);
}

}  // namespace
}  // namespace chokepoint
