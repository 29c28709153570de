#include "sim/engine/trade/pull_forward.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

/// A stop that is announced two months before it takes effect on 1 June.
World announced_world(double willing) {
  World world = small_world();
  Rule stop = rule_on_foreign(kUs, "2025-06-01", 0.0);
  stop.announced = day("2025-04-01");
  world.regime.rules = {stop};
  world.market.pull_forward_share.value = willing;
  world.market.pull_forward_horizon_days = 92;
  return world;
}

// Due on 15 June, July and August: half of each leaves on 1 April.
TEST_CASE("pull forward: deliveries before the rule rise, the total ordered stays",
          "[engine][pull_forward]") {
  const auto without = facts_of(announced_world(0.0)), with = facts_of(announced_world(0.5));
  CHECK(delivered_by(without, at("2025-06-10")) == 500.0);
  CHECK(delivered_by(with, at("2025-06-10")) == 650.0);
  const auto pulled = only<DeliveryPulled>(with);
  REQUIRE(pulled.size() == 3);
  CHECK(pulled[0].units == 50.0);
  CHECK(pulled[0].from == at("2025-06-15"));
  CHECK(pulled[0].to == at("2025-04-01"));
  CHECK(pulled[0].rule == RuleId{0});
  const auto before = only<OrderClosed>(without)[0], after = only<OrderClosed>(with)[0];
  CHECK(after.ordered == before.ordered);
  CHECK(after.ordered == after.delivered + after.refused + after.outstanding);
  CHECK(after.refused == 550.0);
}

TEST_CASE("pull forward: nothing moves without time, or for a rule that holds nothing back",
          "[engine][pull_forward]") {
  World world = announced_world(0.5);
  world.regime.rules[0].announced = day("2025-06-01");
  CHECK(only<DeliveryPulled>(facts_of(world)).empty());
  world = announced_world(0.5);
  world.regime.rules[0].admitted_share.value = 1.0;
  CHECK(only<DeliveryPulled>(facts_of(world)).empty());
  world = announced_world(0.5);
  world.regime.rules[0].enabled = false;
  CHECK(only<DeliveryPulled>(facts_of(world)).empty());
}

// 60 in stock, 130 a month made. Counted to 15 April, 60 + 104 / 30.4375 * 130 - 400 = 104 can be
// spared; counted to 15 May, when 500 will be due, 132.
TEST_CASE("pull forward: no more than supply can spare, and the first delivery first",
          "[engine][pull_forward]") {
  World world = announced_world(1.0);
  world.supplies[0].stock.value = 60.0;
  world.supplies[0].output[0].units_per_month.value = 130.0;
  const auto facts = facts_of(world);
  const auto pulled = only<DeliveryPulled>(facts);
  REQUIRE(pulled.size() == 3);
  CHECK(pulled[0].units == 100.0);
  CHECK(pulled[0].from == at("2025-06-15"));
  CHECK(pulled[1].units == 4.0);
  CHECK(pulled[1].to == at("2025-04-01"));
  CHECK(pulled[2].units == 28.0);
  CHECK(pulled[2].to == at("2025-05-01"));
  CHECK(units_of<DeliveryBackordered>(facts) == 0.0);
  CHECK(delivered_by(facts, at("2025-06-10")) == 632.0);
}

TEST_CASE("pull forward: nobody whom the rule spares waits longer", "[engine][pull_forward]") {
  const auto deliveries = [](double willing) {
    World world = announced_world(willing);
    world.supplies[0].stock.value = 300.0;
    world.supplies[0].output[0].units_per_month.value = 160.0;
    world.orgs.push_back({"spared", "", kCn, {BuyerClassId{0}}});
    Order spared = world.orders[0];
    spared.name = "spared";
    spared.buyer = OrgId{3};
    world.orders.push_back(spared);
    world.regime.rules[0].buyer.orgs = {kBuyer};
    std::vector<std::pair<double, double>> result;
    const auto facts = facts_of(world);
    if (willing > 0.0) REQUIRE(units_of<DeliveryPulled>(facts) > 0.0);
    double sum = 0.0;
    for (const auto& fact : only<ShipmentDelivered>(facts)) {
      if (fact.order == OrderId{1}) result.emplace_back(fact.time.value, sum += fact.units);
    }
    return result;
  };
  const auto without = deliveries(0.0), with = deliveries(1.0);
  for (const auto& [time, units] : without) {
    double then = 0.0;
    for (const auto& [other_time, other_units] : with) {
      if (other_time <= time) then = other_units;
    }
    CHECK(then >= units);
  }
}

TEST_CASE("pull forward: a delivery is brought forward once", "[engine][pull_forward]") {
  World world = announced_world(0.5);
  world.regime.rules.push_back(world.regime.rules[0]);
  world.regime.rules[1].announced = day("2025-04-10");
  CHECK(units_of<DeliveryPulled>(facts_of(world)) == 150.0);
}

}  // namespace
}  // namespace chokepoint
