#include "sim/engine/government/quotas.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

/// A rule under which `amount` packages may move in all.
World quota_world(double amount) {
  World world = small_world();
  world.regime.rules = {rule_on_foreign(kUs, "2025-01-01", 1.0)};
  Quota quota;
  quota.name = "quota";
  quota.rule = RuleId{0};
  quota.amount.value = amount;
  world.regime.quotas = {quota};
  return world;
}

TEST_CASE("quotas: no more moves than the quota, and what waits is outstanding",
          "[engine][quotas]") {
  for (const double amount : {0.0, 99.0, 250.0, 1'100.0, 5'000.0}) {
    const auto facts = facts_of(quota_world(amount));
    const double sent = units_of<ShipmentSent>(facts);
    CHECK(sent == std::min(amount, 1'200.0));
    CHECK(units_of<QuotaDrawn>(facts) == sent);
    const auto account = only<OrderClosed>(facts)[0];
    CHECK(account.refused == 0.0);
    CHECK(account.ordered == account.delivered + account.outstanding);
    for (const auto& drawn : only<QuotaDrawn>(facts)) CHECK(drawn.left >= 0.0);
  }
}

TEST_CASE("quotas: what a quota does not cover is told once for each delivery",
          "[engine][quotas]") {
  const auto exhausted = only<QuotaExhausted>(facts_of(quota_world(250.0)));
  REQUIRE(exhausted.size() == 10);  // March in part, April to December whole.
  CHECK(exhausted[0].time == at("2025-03-15"));
  CHECK(exhausted[0].units == 50.0);
  CHECK(exhausted[1].units == 100.0);
}

// 60.875 a month sold at home are 2 a day; half of that may move: 1 a day from 1 March on.
TEST_CASE("quotas: they grow with sales at home from the day on which they begin",
          "[engine][quotas]") {
  World world = quota_world(0.0);
  world.regime.rules[0].validity.effective = day("2025-03-01");
  world.regime.quotas[0].share_of_home_sales.value = 0.5;
  world.home_sales = {{"home", kForeign, kUs, {{day("2020-01-01"), {60.875, {}}}}},
                      {"elsewhere", kForeign, kCn, {{day("2020-01-01"), {1e6, {}}}}},
                      {"other", kDomestic, kUs, {{day("2020-01-01"), {1e6, {}}}}}};
  world.regime.quotas[0].per_product = true;
  const auto facts = facts_of(world);
  const auto drawn = only<QuotaDrawn>(facts);
  REQUIRE(drawn.size() > 2);
  CHECK(drawn[0].time == at("2025-03-15"));
  CHECK(drawn[0].units == 14.0);
  CHECK(drawn[1].time == at("2025-04-01"));
  CHECK(drawn[1].units == 17.0);
  double units = 0.0;
  for (const auto& fact : drawn) {
    units += fact.units;
    CHECK(units <= (fact.time - at("2025-03-01")).value / 86'400.0);
  }
}

TEST_CASE("quotas: first come, first served, whoever has supply", "[engine][quotas]") {
  World world = quota_world(0.0);
  world.regime.quotas[0].share_of_home_sales.value = 0.5;
  world.home_sales = {{"home", kForeign, kUs, {{day("2020-01-01"), {60.875, {}}}}}};
  Order second = world.orders[0];
  second.name = "second";
  second.tranches[0].first = day("2025-01-20");
  second.tranches[0].units_per_month.value = 1.0;
  world.orders.push_back(second);
  // The first order's January takes all until 11 April; its February would come next but for the
  // second order's January.
  const auto sent = only<ShipmentSent>(facts_of(world));
  double before = 0.0;
  for (const auto& fact : sent) {
    if (fact.order == OrderId{1}) break;
    before += fact.units;
  }
  CHECK(before == 100.0);
}

TEST_CASE("quotas: a yearly one begins anew and its rest lapses", "[engine][quotas]") {
  World world = quota_world(150.0);
  world.end = day("2026-07-01");
  world.orders[0].tranches[0].months = 18;
  world.regime.quotas[0].renewal = Renewal::Yearly;
  const auto facts = facts_of(world);
  double first = 0.0, second = 0.0;
  for (const auto& fact : only<ShipmentSent>(facts)) {
    (fact.time < at("2026-01-01") ? first : second) += fact.units;
  }
  CHECK(first == 150.0);
  CHECK(second == 150.0);
}

TEST_CASE("quotas: buckets of consignees are apart", "[engine][quotas]") {
  World world = quota_world(150.0);
  world.regime.quotas[0].per_consignee = true;
  Order second = world.orders[0];
  second.name = "second";
  second.buyer = kDomesticVendor;
  world.orders.push_back(second);
  CHECK(units_of<ShipmentSent>(facts_of(world)) == 300.0);
  world.orgs[kDomesticVendor.value].parent = kBuyer;  // One family, one bucket.
  CHECK(units_of<ShipmentSent>(facts_of(world)) == 150.0);
}

TEST_CASE("quotas: a tighter one never delivers more", "[engine][quotas]") {
  double before = 1e9;
  for (const double amount : {900.0, 450.0, 449.0, 1.0}) {
    const double delivered = units_of<ShipmentDelivered>(facts_of(quota_world(amount)));
    CHECK(delivered <= before);
    before = delivered;
  }
}

}  // namespace
}  // namespace chokepoint
