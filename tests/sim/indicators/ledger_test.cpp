#include "sim/indicators/ledger.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

Seconds at(const World& world, std::string_view date) {
  return world.calendar().at(day(date));
}

ShipmentDelivered delivery(const World& world, std::string_view date, double units) {
  ShipmentDelivered fact;
  fact.time = at(world, date);
  fact.order = kOrder;
  fact.device = kForeign;
  fact.units = units;
  fact.stock.pool = kForeignPool;
  fact.stock.status = LegalStatus::Licensed;
  fact.stock.channel = Channel::Captive;
  fact.revenue = units * Usd{10'000.0};
  return fact;
}

TEST_CASE("ledger: a delivery is booked in its month, on those who sold and bought it", "[sweep]") {
  World world = small_world();
  world.orgs.push_back({"holding", "", Country("SG"), {}});
  world.orgs[kForeignVendor.value].parent = OrgId{3};
  world.orgs[kBuyer.value].parent = OrgId{3};
  world.orders[0].user = kDomesticVendor;
  Ledger ledger(world);
  ledger.record(delivery(world, "2025-03-31", 7.0));
  REQUIRE(ledger.rows().size() == 1);
  const LedgerRow& row = ledger.rows()[0];
  CHECK(row.month == day("2025-03-01"));
  CHECK(row.device == kForeign);
  CHECK(row.vendor == OrgId{3});
  CHECK(row.buyer == kBuyer);
  CHECK(row.user == kDomesticVendor);
  CHECK(row.buyer_headquarters == Country("SG"));
  CHECK(row.site_country == kCn);
  CHECK(row.status == LegalStatus::Licensed);
  CHECK(row.channel == Channel::Captive);
  CHECK(row.units == 7.0);
  CHECK(row.value == Usd{70'000.0});
}

TEST_CASE("ledger: it keeps every delivery and nothing that is none", "[sweep]") {
  const World world = small_world();
  Ledger ledger(world);
  double units = 0.0;
  for (int i = 1; i <= 9; ++i) {
    ledger.record(delivery(world, "2025-05-0" + std::to_string(i), i));
    ledger.record(ShipmentSent{at(world, "2025-05-09"), kOrder, false, kForeign, kForeignPool, 5.0,
                               std::nullopt});
    units += i;
  }
  double kept = 0.0;
  for (const LedgerRow& row : ledger.rows()) kept += row.units;
  CHECK(kept == units);
  CHECK(ledger.rows().size() == 9);
}

TEST_CASE("ledger: refusals add up by rule and year, the exporter's first", "[sweep]") {
  World world = small_world();
  world.end = day("2027-01-01");
  Ledger ledger(world);
  const auto refuse = [&](std::string_view date, std::optional<RuleId> exporter,
                          std::optional<RuleId> importer, double units) {
    ShipmentRefused fact;
    fact.time = at(world, date);
    fact.exporter_rule = exporter;
    fact.importer_rule = importer;
    fact.units = units;
    fact.value = units * Usd{3.0};
    ledger.record(fact);
  };
  refuse("2025-02-01", RuleId{4}, std::nullopt, 10.0);
  refuse("2025-12-31", RuleId{4}, RuleId{9}, 20.0);
  refuse("2026-01-01", RuleId{4}, std::nullopt, 40.0);
  refuse("2026-01-01", std::nullopt, RuleId{9}, 80.0);
  const auto& refusals = ledger.refusals();
  REQUIRE(refusals.size() == 3);
  CHECK(refusals.at({RuleId{4}, 2025}).units == 30.0);
  CHECK(refusals.at({RuleId{4}, 2025}).value == Usd{90.0});
  CHECK(refusals.at({RuleId{4}, 2026}).units == 40.0);
  CHECK(refusals.at({RuleId{9}, 2026}).units == 80.0);
}

TEST_CASE("ledger: the last sample of a year is that on the first day after it", "[sweep]") {
  World world = small_world();
  world.end = day("2027-01-01");
  Ledger ledger(world);
  const auto sample = [&](std::string_view date, std::uint32_t index, double value) {
    ledger.record(CounterSampled{at(world, date), Counter::DevicesInstalled, index, value});
  };
  sample("2025-01-01", 0, 1.0);  // Of nothing before the run.
  sample("2025-12-01", 0, 2.0);
  sample("2026-01-01", 0, 3.0);
  sample("2026-02-01", 0, 4.0);
  sample("2025-06-01", 1, 5.0);
  const auto& samples = ledger.samples();
  CHECK(samples.at({Counter::DevicesInstalled, 0, 2025}) == 3.0);
  CHECK(samples.at({Counter::DevicesInstalled, 0, 2026}) == 4.0);
  CHECK(samples.at({Counter::DevicesInstalled, 1, 2025}) == 5.0);
  CHECK(samples.size() == 3);
}

TEST_CASE("ledger: what governments take is booked by government and year", "[sweep]") {
  const World world = small_world();
  Ledger ledger(world);
  const auto pay = [&](std::string_view date, Country government, double amount) {
    FeePaid fee{};
    fee.time = at(world, date);
    fee.order = kOrder;
    fee.government = government;
    fee.amount = Usd{amount};
    ledger.record(fee);
  };
  pay("2025-02-01", kUs, 100.0);
  pay("2025-12-31", kUs, 20.0);
  pay("2025-06-01", kCn, 3.0);
  REQUIRE(ledger.receipts().size() == 2);
  CHECK(ledger.receipts().at({kUs, 2025}) == Usd{120.0});
  CHECK(ledger.receipts().at({kCn, 2025}) == Usd{3.0});
}

}  // namespace
}  // namespace chokepoint
