#include "sim/engine/trade/shipping.hpp"

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

TEST_CASE("shipping: a rule says itself whether it reaches what is under way",
          "[engine][shipping]") {
  World world = small_world();
  world.orders[0].tranches[0].months = 1;
  world.regime.rules = {rule_on_foreign(kUs, "2025-01-20", 0.0)};
  world.regime.rules[0].reaches_in_flight = true;
  const auto facts = facts_of(world);
  CHECK(units_of<ShipmentRefused>(facts) == 100.0);
  CHECK(only<ShipmentRefused>(facts).at(0).exporter_rule == RuleId{0});
  CHECK(only<ShipmentRefused>(facts).at(0).on_arrival);
  world.regime.rules = {rule_on_foreign(kCn, "2025-01-20", 0.0)};
  world.regime.rules[0].reaches_in_flight = false;
  CHECK(units_of<ShipmentDelivered>(facts_of(world)) == 100.0);
}

TEST_CASE("shipping: each government's fees are told apart and add up", "[engine][shipping]") {
  World world = small_world();
  world.orders[0].tranches[0].months = 1;
  world.regime.rules = {rule_on_foreign(kUs, "2024-01-01", 1.0),
                        rule_on_foreign(kCn, "2024-01-01", 1.0)};
  world.regime.rules[0].tariff_share.value = 0.25;
  world.regime.rules[1].tariff_share.value = 0.03;
  const auto facts = facts_of(world);
  const auto fees = only<FeePaid>(facts);
  REQUIRE(fees.size() == 2);
  CHECK(fees[0].government == kUs);
  CHECK(fees[0].kind == ChargeKind::Tariff);
  CHECK(fees[0].amount == Usd{250e3});
  CHECK(fees[1].government == kCn);
  CHECK(fees[1].amount == Usd{30e3});
  CHECK(only<ShipmentDelivered>(facts).at(0).government_receipts == Usd{280e3});
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

TEST_CASE("shipping: an exception marks what it lets through and pays its government",
          "[engine][shipping]") {
  World world = small_world();
  world.orders[0].tranches[0].months = 1;
  world.regime.rules = {rule_on_foreign(kUs, "2025-01-01", 0.0)};
  Exception license;
  license.rules = {RuleId{0}};
  license.validity.effective = day("2025-01-01");
  license.admitted_share.value = 0.5;
  license.revenue_share.value = 0.15;
  world.regime.exceptions = {license};
  const auto facts = facts_of(world);
  const auto sent = only<ShipmentSent>(facts);
  REQUIRE(sent.size() == 1);
  CHECK(sent[0].exception == ExceptionId{0});
  const auto delivered = only<ShipmentDelivered>(facts);
  REQUIRE(delivered.size() == 1);
  CHECK(delivered[0].revenue == Usd{500e3});
  CHECK(delivered[0].government_receipts.value == Approx(75e3));
  const auto fees = only<FeePaid>(facts);
  REQUIRE(fees.size() == 1);
  CHECK(fees[0].amount == delivered[0].government_receipts);
  CHECK(fees[0].government == kUs);
  CHECK(fees[0].exception == ExceptionId{0});
  CHECK(fees[0].kind == ChargeKind::Share);
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

TEST_CASE("shipping: chips that another family works on are rented", "[engine][shipping]") {
  World world = small_world();
  const auto status = [&] { return only<ShipmentDelivered>(facts_of(world))[0].stock.status; };
  CHECK(status() == LegalStatus::Legal);
  world.orders[0].user = kDomesticVendor;
  CHECK(status() == LegalStatus::Rented);
  world.orgs[kDomesticVendor.value].parent = kBuyer;
  CHECK(status() == LegalStatus::Legal);
}

}  // namespace
}  // namespace chokepoint
