#include "sim/engine/trade/substitution.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

/// All foreign packages are refused, and buyers spend what that leaves on the domestic device.
World refused_world() {
  World world = small_world();
  world.regime.rules = {rule_on_foreign(kUs, "2024-01-01", 0.0)};
  world.market.refused_budget = RefusedBudget::SpentOnDomestic;
  world.market.domestic_pools = {kDomesticPool};
  return world;
}

double substitutes(const std::vector<TraceEvent>& facts) {
  double units = 0.0;
  for (const auto& sent : only<ShipmentSent>(facts)) {
    if (sent.substitute) units += sent.units;
  }
  return units;
}

// A million a month buys 200, but 30 a month are made: floor(334 * 30 / 30.4375) by 1 December.
TEST_CASE("substitution: never more than the domestic supply", "[engine][substitution]") {
  const auto facts = facts_of(refused_world());
  CHECK(substitutes(facts) == 329.0);
  for (const auto& sent : only<ShipmentSent>(facts)) {
    CHECK(sent.device == kDomestic);
    CHECK(sent.pool == kDomesticPool);
  }
  const auto account = only<OrderClosed>(facts)[0];
  CHECK(account.refused == 1'200.0);  // Substitutes change nothing in the order's own account.
  CHECK(account.delivered == 0.0);
}

// Eleven refusals of 10 000 USD before 1 December, at 5 000 USD a package.
TEST_CASE("substitution: never more than the refused budget", "[engine][substitution]") {
  World world = refused_world();
  world.orders[0].price.value = Usd{100.0};
  CHECK(substitutes(facts_of(world)) == 22.0);
}

TEST_CASE("substitution: where nothing is bought instead, nothing is", "[engine][substitution]") {
  World world = refused_world();
  world.market.refused_budget = RefusedBudget::NothingBought;
  CHECK(substitutes(facts_of(world)) == 0.0);
}

TEST_CASE("substitution: the importing government rules on substitutes too",
          "[engine][substitution]") {
  World world = refused_world();
  Rule home = rule_on_foreign(kCn, "2024-01-01", 0.0);
  home.item.devices = {kDomestic};
  world.regime.rules.push_back(home);
  CHECK(substitutes(facts_of(world)) == 0.0);
}

TEST_CASE("substitution: no order waits longer because others buy instead",
          "[engine][substitution]") {
  World world = refused_world();
  Order home = world.orders[0];
  home.device = kDomestic;
  home.pool = kDomesticPool;
  home.tranches[0].units_per_month.value = 20.0;
  world.orders.push_back(home);
  const auto by_order = [](const World& of) {
    std::vector<std::pair<double, double>> delivered;
    for (const auto& fact : only<ShipmentDelivered>(facts_of(of))) {
      if (!fact.substitute) delivered.emplace_back(fact.time.value, fact.units);
    }
    return delivered;
  };
  const auto with = by_order(world);
  CHECK(substitutes(facts_of(world)) > 0.0);
  world.market.refused_budget = RefusedBudget::NothingBought;
  CHECK(with == by_order(world));
}

// Three quarters of the refused value is the first order's, so three quarters of what is made are.
TEST_CASE("substitution: what vendors can spare is shared out by refused value",
          "[engine][substitution]") {
  World world = refused_world();
  Order second = world.orders[0];
  second.tranches[0].units_per_month.value = 300.0;
  world.orders.push_back(second);
  const auto bought = [](const World& of) {
    std::vector<double> units(2, 0.0);
    for (const auto& sent : only<ShipmentSent>(facts_of(of))) units[sent.order.value] += sent.units;
    return units;
  };
  const auto units = bought(world);
  CHECK(units[1] > 2.8 * units[0]);
  CHECK(units[1] < 3.3 * units[0]);
  std::swap(world.orders[0], world.orders[1]);
  const auto swapped = bought(world);
  CHECK(swapped[0] == units[1]);
  CHECK(swapped[1] == units[0]);
}

}  // namespace
}  // namespace chokepoint
