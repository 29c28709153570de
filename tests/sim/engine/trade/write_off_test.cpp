#include "sim/engine/trade/write_off.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

/// 450 packages in stock, none made, and orders from 15 January on.
World stopped_world(std::optional<std::string_view> ended) {
  World world = small_world();
  world.market.write_off = true;
  world.supplies[0].stock.value = 450.0;
  Rule stop = rule_on_foreign(kUs, "2025-04-11", 0.0);
  if (ended) stop.validity.ended = day(*ended);
  world.regime.rules = {stop};
  return world;
}

// Three deliveries of 100 have left when the rule begins; a device costs 5 000 USD.
TEST_CASE("write-off: stock that no order may move any more is written off",
          "[engine][write_off]") {
  const auto facts = facts_of(stopped_world(std::nullopt));
  const auto written = only<StockWrittenOff>(facts);
  REQUIRE(written.size() == 1);
  CHECK(written[0].time == 100_days);
  CHECK(written[0].supply == kForeignLine);
  CHECK(written[0].units == 150.0);
  CHECK(written[0].value == Usd{750e3});
  CHECK(written[0].rule == RuleId{0});
  CHECK(only<StockRestored>(facts).empty());
}

TEST_CASE("write-off: it is reversed when an order may move again", "[engine][write_off]") {
  const auto facts = facts_of(stopped_world("2025-08-01"));
  const auto restored = only<StockRestored>(facts);
  REQUIRE(restored.size() == 1);
  CHECK(restored[0].time == 212_days);
  CHECK(restored[0].units == 150.0);
  CHECK(units_of<StockWrittenOff>(facts) == 150.0);
}

TEST_CASE("write-off: what is made meanwhile follows month by month", "[engine][write_off]") {
  World world = stopped_world(std::nullopt);
  world.supplies[0].output[0].units_per_month.value = 30.0;
  const auto written = only<StockWrittenOff>(facts_of(world));
  REQUIRE(written.size() > 5);
  CHECK(written[1].time == 120_days);
}

TEST_CASE("write-off: not while any order may move, not without orders, not unless asked for",
          "[engine][write_off]") {
  World world = stopped_world(std::nullopt);
  world.regime.rules[0].admitted_share.value = 0.01;
  CHECK(only<StockWrittenOff>(facts_of(world)).empty());
  world = stopped_world(std::nullopt);
  world.orders[0].tranches[0].months = 2;
  CHECK(only<StockWrittenOff>(facts_of(world)).empty());
  world = stopped_world(std::nullopt);
  world.market.write_off = false;
  CHECK(only<StockWrittenOff>(facts_of(world)).empty());
}

TEST_CASE("write-off: only facts, nothing else moves", "[engine][write_off]") {
  World world = stopped_world("2025-08-01");
  const auto with = facts_of(world);
  world.market.write_off = false;
  const auto without = facts_of(world);
  CHECK(units_of<ShipmentDelivered>(with) == units_of<ShipmentDelivered>(without));
  CHECK(with.size() == without.size() + 2);
}

}  // namespace
}  // namespace chokepoint
