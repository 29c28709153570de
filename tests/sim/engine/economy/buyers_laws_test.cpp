// Laws of the whole market under two governments, over many worlds that differ in what nobody
// knows.

#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "tests/sim/engine/small_economy.hpp"

namespace chokepoint {
namespace {

/// Prices, worths, budgets, stocks and tastes as a number has them.
World random_economy(unsigned number) {
  std::mt19937 random(number);
  const auto between = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(random() % 1'001) / 1'000.0;
  };
  World world = small_economy();
  for (Offer& offer : world.offers) offer.price = flat(between(5'000.0, 20'000.0));
  for (DeviceWorth& worth : world.worth) {
    worth.h100e_training = between(0.3, 2.0);
    worth.h100e_prefill = between(0.3, 2.0);
    worth.h100e_decode = between(0.3, 2.0);
  }
  for (SupplyLine& line : world.supplies) {
    line.stock.value = std::floor(between(0.0, 4'000.0));
    line.output[0].units_per_month.value = between(0.0, 800.0);
  }
  for (Buyer& buyer : world.buyers) {
    buyer.budget = flat(between(20e6, 200e6));
    buyer.carry_months.value = std::floor(between(0.0, 7.0));
  }
  world.choice.sensitivity.value = between(0.5, 5.0);
  world.choice.captive_preference.value = between(0.0, 2.0);
  world.choice.policy_risk.value = between(0.0, 1.0);
  world.choice.hoarding_months.value = between(0.0, 3.0);
  return world;
}

Rule rule_from(std::string_view effective, double admitted) {
  return rule_on_foreign(kUs, effective, admitted);
}

/// Legal imports of the foreign device into CN since June.
double imports(const std::vector<TraceEvent>& facts) {
  return bought(facts, kLabForeign, "2025-06-01");
}

TEST_CASE("law: a stricter rule never raises legal imports of what it covers",
          "[engine][buyers][law]") {
  for (unsigned number = 1; number <= 12; ++number) {
    INFO("economy " << number);
    World world = random_economy(number);
    world.choice.hoarding_months.value = 0.0;  // Dates are frozen: nobody buys ahead.
    double before = imports(facts_of(world));
    for (const double admitted : {1.0, 0.75, 0.5, 0.25, 0.0}) {
      world.regime.rules = {rule_from("2025-06-01", admitted)};
      const double now = imports(facts_of(world));
      CHECK(now <= before);
      before = now;
    }
    CHECK(before == 0.0);
  }
}

TEST_CASE("law: a second rule frees nothing that the first holds back", "[engine][buyers][law]") {
  for (unsigned number = 1; number <= 6; ++number) {
    World world = random_economy(number);
    world.choice.hoarding_months.value = 0.0;
    world.regime.rules = {rule_from("2025-03-01", 0.4)};
    const double one = imports(facts_of(world));
    world.regime.rules.push_back(rule_on_foreign(kCn, "2025-06-01", 0.6));
    CHECK(imports(facts_of(world)) <= one);
  }
}

TEST_CASE("law: a rule that is announced in time is bought ahead of, and substitutes rise",
          "[engine][buyers][law]") {
  for (unsigned number = 1; number <= 6; ++number) {
    INFO("economy " << number);
    World world = random_economy(number);
    world.supplies[kForeign.value].stock.value = 1e6;  // Or there might be nothing to buy ahead.
    world.supplies[kDomestic.value].stock.value = 1e6;
    world.choice.hoarding_months.value = 2.0;
    const auto without = facts_of(world);
    world.regime.rules = {rule_from("2025-06-01", 0.0)};
    world.regime.rules[0].announced = day("2025-04-15");
    const auto with = facts_of(world);
    CHECK(bought(with, kLabForeign, "2025-04-15", "2025-05-01") >
          bought(without, kLabForeign, "2025-04-15", "2025-05-01"));
    CHECK(bought(with, kLabDomestic, "2025-06-01") > bought(without, kLabDomestic, "2025-06-01"));
  }
}

/// The economy with a third buyer: a Chinese company that buys for a site in Malaysia. Washington
/// covers it by its headquarters, Beijing only what enters China.
constexpr OrderId kOffshore{4};
World offshore_economy(bool washington_open, bool beijing_open) {
  World world = small_economy();
  world.sites.push_back(plain_site(Country("MY")));
  world.buyers.push_back(plain_buyer(kLab, SiteId{2}));
  add_blanket_order(world, BuyerId{2}, 0);
  Rule washington = rule_from("2024-01-01", washington_open ? 1.0 : 0.0);
  washington.destinations = CountrySet();
  washington.buyer.headquarters = {kCn};
  world.regime.rules = {washington, rule_on_foreign(kCn, "2024-01-01", beijing_open ? 1.0 : 0.0)};
  return world;
}

TEST_CASE("law: where Beijing's gate is closed, to open Washington's is worth nothing",
          "[engine][buyers][law]") {
  const auto both = facts_of(offshore_economy(true, true));
  const auto washington = facts_of(offshore_economy(true, false));
  const auto beijing = facts_of(offshore_economy(false, true));
  const auto neither = facts_of(offshore_economy(false, false));
  // In mainland China:
  CHECK(bought(both, kLabForeign) > 5'900.0);
  CHECK(bought(washington, kLabForeign) == 0.0);
  CHECK(bought(beijing, kLabForeign) == 0.0);
  CHECK(bought(washington, kLabDomestic) == bought(neither, kLabDomestic));
  // Offshore Washington's gate alone decides:
  CHECK(bought(washington, kOffshore) == bought(both, kOffshore));
  CHECK(bought(washington, kOffshore) > 11'900.0);
  CHECK(bought(beijing, kOffshore) == 0.0);
  CHECK(bought(neither, kOffshore) == 0.0);
}

TEST_CASE("law: units, revenue, money and stocks add up", "[engine][buyers][law]") {
  constexpr double kMonthDays = 365.25 / 12.0;
  for (unsigned number = 1; number <= 8; ++number) {
    INFO("economy " << number);
    World world = random_economy(number);
    world.choice.retirement_months.value = 3.0;
    world.regime.rules = {rule_from("2025-05-01", 0.3), rule_on_foreign(kCn, "2025-10-04", 0.0)};
    world.regime.rules[0].announced = day("2025-03-20");
    const auto facts = facts_of(world);

    // Units by vendor are all units; revenue is units at the day's price.
    double units = 0.0, revenue = 0.0;
    std::map<std::uint32_t, double> by_vendor, blanket;
    for (const auto& fact : only<ShipmentDelivered>(facts)) {
      const double price = value_on(world.offers[fact.device.value].price, world.first_day());
      CHECK(fact.revenue.value == Approx(fact.units * price));
      units += fact.units;
      revenue += fact.revenue.value;
      by_vendor[world.devices[fact.device.value].vendor.value] += fact.units;
      const double installed = fact.time.value / 86'400.0 + 2.0;
      if (installed < 365.0) blanket[fact.stock.pool.value] += fact.units;
      if (installed + 3.0 * kMonthDays < 365.0) blanket[fact.stock.pool.value] -= fact.units;
    }
    double of_vendors = 0.0;
    for (const auto& [vendor, sum] : by_vendor) of_vendors += sum;
    CHECK(of_vendors == units);
    CHECK(units > 0.0);

    // What stands is what came, less what was taken out.
    for (std::uint32_t pool = 0; pool < world.pools.size(); ++pool) {
      CHECK(samples(facts, Counter::DevicesInstalled, pool).back() == blanket[pool]);
    }

    // Nobody spends more than it has; accounts are of whole packages and close.
    double budgets = 0.0;
    for (const Buyer& buyer : world.buyers) budgets += value_on(buyer.budget, world.first_day());
    CHECK(revenue <= budgets * (1.0 + world.choice.hoarding_months.value / 12.0));
    for (const auto& account : only<OrderClosed>(facts)) {
      CHECK(account.ordered == account.delivered + account.refused + account.outstanding);
      CHECK(account.delivered == std::floor(account.delivered));
    }

    // No vendor sells what it has not made: 12 months' output beside its stock.
    for (std::uint32_t i = 0; i < world.supplies.size(); ++i) {
      double sold = 0.0;
      for (const auto& fact : only<ShipmentSent>(facts)) {
        sold += fact.device == DeviceId{i} ? fact.units : 0.0;
      }
      for (const auto& fact : only<ShipmentRefused>(facts)) {
        sold -= fact.device == DeviceId{i} && fact.on_arrival ? fact.units : 0.0;
      }
      const SupplyLine& line = world.supplies[i];
      CHECK(sold <= line.stock.value + 12.0 * line.output[0].units_per_month.value + 1e-6);
    }
  }
}

}  // namespace
}  // namespace chokepoint
