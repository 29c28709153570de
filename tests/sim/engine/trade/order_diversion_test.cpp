#include "sim/engine/trade/order_diversion.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

/// All foreign packages are refused; a fifth of what is wanted is bought on the way around.
World smuggling_world() {
  World world = small_world();
  world.regime.rules = {rule_on_foreign(kUs, "2024-01-01", 0.0)};
  Diversion& diversion = world.market.diversion;
  diversion.enabled = true;
  diversion.hazard.value = 0.2;
  diversion.premium.value = 0.25;
  diversion.reference_premium.value = 0.25;
  diversion.seizure_probability.value = 0.1;
  diversion.delay.value = 30_days;
  diversion.routes = {{"strait", Country("MY"), {1'000.0, {}}}};
  return world;
}

// 100 refused in January are a million; at the street price that buys 80, of which a fifth go and
// two of those (1.6) are seized.
TEST_CASE("order_diversion: a share of what is refused arrives late, without a vendor's revenue",
          "[engine][order_diversion]") {
  const auto facts = facts_of(smuggling_world());
  const auto sent = only<ShipmentSent>(facts);
  REQUIRE_FALSE(sent.empty());
  CHECK(sent[0].time == 31_days);
  CHECK(sent[0].units == 16.0);
  CHECK(sent[0].substitute);
  const auto seized = only<ShipmentSeized>(facts);
  CHECK(seized.at(0).units == 2.0);
  CHECK(seized.at(0).time == 61_days);
  CHECK(seized.at(0).rule == RuleId{0});
  const auto delivered = only<ShipmentDelivered>(facts);
  CHECK(delivered.at(0).units == 14.0);
  CHECK(delivered.at(0).stock.status == LegalStatus::Diverted);
  CHECK(delivered.at(0).stock.owner == kBuyer);
  CHECK(delivered.at(0).revenue == Usd{});
  const auto account = only<OrderClosed>(facts)[0];
  CHECK(account.refused == 1'200.0);
  CHECK(account.delivered == 0.0);
}

TEST_CASE("order_diversion: what is bought is delivered, seized or under way, and within the money",
          "[engine][order_diversion]") {
  World world = smuggling_world();
  Order second = world.orders[0];
  second.name = "second";
  second.tranches[0].units_per_month.value = 37.0;
  world.orders.push_back(second);
  world.market.diversion.hazard.value = 1.0;
  world.market.diversion.delay.value = 5_days;
  world.market.diversion.routes.push_back({"harbor", Country("SG"), {41.0, {}}});
  const auto facts = facts_of(world);
  CHECK(units_of<ShipmentSent>(facts) ==
        units_of<ShipmentDelivered>(facts) + units_of<ShipmentSeized>(facts));
  CHECK(units_of<ShipmentSent>(facts) * 1.25 <= units_of<ShipmentRefused>(facts));
  for (const std::uint32_t order : {0u, 1u}) {
    double bought = 0.0, refused = 0.0;
    for (const auto& fact : only<ShipmentSent>(facts)) {
      if (fact.order == OrderId{order}) bought += fact.units;
    }
    for (const auto& fact : only<ShipmentRefused>(facts)) {
      if (fact.order == OrderId{order}) refused += fact.units;
    }
    CHECK(bought > 0.0);
    CHECK(bought * 1.25 <= refused);
  }
}

TEST_CASE("order_diversion: off unless the market diverts", "[engine][order_diversion]") {
  World world = smuggling_world();
  world.market.diversion.enabled = false;
  CHECK(only<ShipmentSent>(facts_of(world)).empty());
}

}  // namespace
}  // namespace chokepoint
