#include "sim/engine/shipping.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

double last_sample(const std::vector<TraceEvent>& facts, Counter counter, std::uint32_t index) {
  double value = -1.0;
  for (const auto& sample : only<CounterSampled>(facts)) {
    if (sample.counter == counter && sample.index == index) value = sample.value;
  }
  return value;
}

// Sent on 15 January, under way when the rule begins on the 20th, turned back on the 22nd.
TEST_CASE("shipping: the importing government judges again on arrival", "[engine][shipping]") {
  World world = small_world();
  world.orders[0].tranches[0].months = 1;
  world.regime.rules = {rule_on_foreign(kCn, "2025-01-20", 0.25)};
  const auto facts = facts_of(world);
  const auto refused = only<ShipmentRefused>(facts);
  REQUIRE(refused.size() == 1);
  CHECK(refused[0].on_arrival);
  CHECK(refused[0].gate == Gate::Importer);
  CHECK(refused[0].units == 75.0);
  CHECK(refused[0].time == Seconds{21 * 86'400.0});
  CHECK(units_of<ShipmentDelivered>(facts) == 25.0);
  CHECK(last_sample(facts, Counter::SupplyStock, kForeignLine.value) == 1e6 - 25.0);
}

TEST_CASE("shipping: the exporting government does not judge on arrival", "[engine][shipping]") {
  World world = small_world();
  world.orders[0].tranches[0].months = 1;
  world.regime.rules = {rule_on_foreign(kUs, "2025-01-20", 0.0)};
  CHECK(units_of<ShipmentDelivered>(facts_of(world)) == 100.0);
}

TEST_CASE("shipping: packages count as installed after the site's installation",
          "[engine][shipping]") {
  World world = small_world();
  world.orders[0].tranches[0].months = 1;
  world.sample_period = 1_days;
  std::vector<double> installed;
  for (const auto& sample : only<CounterSampled>(facts_of(world))) {
    if (sample.counter == Counter::DevicesInstalled && sample.index == kForeignPool.value) {
      installed.push_back(sample.value);
    }
  }
  // Due on day 14, 7 days on the way, 2 days to install.
  CHECK(installed[22] == 0.0);
  CHECK(installed[23] == 100.0);
}

TEST_CASE("shipping: a license marks what it lets through and pays its government",
          "[engine][shipping]") {
  World world = small_world();
  world.orders[0].tranches[0].months = 1;
  world.regime.rules = {rule_on_foreign(kUs, "2025-01-01", 0.0)};
  License license;
  license.rule = RuleId{0};
  license.validity.effective = day("2025-01-01");
  license.granted_share.value = 0.5;
  license.revenue_share.value = 0.15;
  world.regime.licenses = {license};
  const auto facts = facts_of(world);
  const auto sent = only<ShipmentSent>(facts);
  REQUIRE(sent.size() == 1);
  CHECK(sent[0].license == LicenseId{0});
  const auto delivered = only<ShipmentDelivered>(facts);
  REQUIRE(delivered.size() == 1);
  CHECK(delivered[0].revenue == Usd{500e3});
  CHECK(delivered[0].government_receipts.value == Approx(75e3));
  CHECK(delivered[0].stock.status == LegalStatus::Licensed);
}

// Half of the packages are turned back in every month from the rule on.
TEST_CASE("shipping: what is earned, refused and outstanding is what was ordered",
          "[engine][shipping]") {
  World world = small_world();
  world.regime.rules = {rule_on_foreign(kCn, "2025-03-20", 0.5)};
  const auto facts = facts_of(world);
  Usd earned, refused;
  for (const auto& fact : only<ShipmentDelivered>(facts)) earned += fact.revenue;
  for (const auto& fact : only<ShipmentRefused>(facts)) refused += fact.value;
  const auto account = only<OrderClosed>(facts)[0];
  const Usd price = world.orders[0].price.value;
  CHECK(only<ShipmentRefused>(facts)[0].on_arrival);
  CHECK(earned + refused + account.outstanding * price == account.ordered * price);
}

TEST_CASE("shipping: chips that one of a family buys of another are captive",
          "[engine][shipping]") {
  World world = small_world();
  CHECK(only<ShipmentDelivered>(facts_of(world))[0].stock.channel == Channel::Merchant);
  world.orgs[kForeignVendor.value].parent = kBuyer;
  CHECK(only<ShipmentDelivered>(facts_of(world))[0].stock.channel == Channel::Captive);
}

}  // namespace
}  // namespace chokepoint
