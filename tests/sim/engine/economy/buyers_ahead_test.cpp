#include "sim/engine/economy/buyers.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "tests/sim/engine/small_economy.hpp"

namespace chokepoint {
namespace {

// Goods are turned back on the 8th, and from the 20th a buyer spends ahead; so is its last part.
TEST_CASE("buyers: to spend ahead forgets no money that a border gave back", "[engine][buyers]") {
  World world = small_economy();
  world.choice.hoarding_months.value = 1.0;
  world.regime.rules = {rule_on_foreign(kCn, "2025-02-03", 0.6), ban(kCn, "2025-11-15")};
  world.regime.rules[1].announced = day("2025-02-20");
  const auto facts = facts_of(world);
  double spent = 0.0;
  for (const OrderId order : {kLabForeign, kLabDomestic}) spent += bought(facts, order);
  for (const auto& fact : only<ShipmentRefused>(facts)) {
    if (fact.on_arrival) spent -= fact.units;
  }
  CHECK(spent == Approx(12'000.0).margin(6.0));
}

TEST_CASE("buyers: a ban that is announced in time is bought ahead of, and saved again",
          "[engine][buyers]") {
  World world = small_economy();
  world.regime.rules = {ban(kUs, "2025-06-01")};
  world.choice.hoarding_months.value = 2.0;
  const auto sudden = facts_of(world);
  world.regime.rules[0].announced = day("2025-03-10");
  const auto announced = facts_of(world);
  CHECK(bought(sudden, kLabForeign, "2025-03-10", "2025-04-01") == 0.0);
  // Twelve weeks are left: two months' budgets in twelve parts.
  const auto part = Approx(2'000.0 / 12).margin(2.0);
  CHECK(bought(announced, kLabForeign, "2025-03-10", "2025-03-11") == part);
  CHECK(bought(announced, kLabForeign, "2025-03-17", "2025-03-18") == part);
  CHECK(bought(announced, kLabForeign, "2025-05-26", "2025-05-27") == part);
  CHECK(bought(announced, kLabForeign, "2025-03-11", "2025-03-17") == 0.0);
  // Half of a month saves again what was spent by then: three parts before April.
  CHECK(bought(announced, kLabForeign, "2025-04-01", "2025-04-02") == Approx(250.0).margin(3.0));
  const auto all = [](const std::vector<TraceEvent>& facts) {
    return bought(facts, kLabForeign) + bought(facts, kLabDomestic);
  };
  CHECK(all(announced) == Approx(all(sudden)).margin(6.0));
  CHECK(bought(announced, kLabForeign) > bought(sudden, kLabForeign) + 500.0);
  CHECK(bought(announced, kCloudForeign) == bought(sudden, kCloudForeign));
}

TEST_CASE("buyers: what takes effect sooner than told lets only its first parts through",
          "[engine][buyers]") {
  World world = small_economy();
  world.choice.hoarding_months.value = 2.0;
  world.regime.rules = {ban(kUs, "2025-06-01")};
  world.regime.rules[0].announced = day("2025-03-10");
  const double as_told = bought(facts_of(world), kLabForeign, "2025-03-10", "2025-04-01");
  world.regime.rules.push_back(ban(kUs, "2025-03-16"));
  const double at_once = bought(facts_of(world), kLabForeign, "2025-03-10", "2025-04-01");
  CHECK(at_once == Approx(2'000.0 / 12).margin(2.0));
  CHECK(as_told == Approx(4 * 2'000.0 / 12).margin(8.0));
}

TEST_CASE("buyers: paragraphs that become known together are one ban", "[engine][buyers]") {
  World world = small_economy();
  world.choice.hoarding_months.value = 1.0;
  world.regime.rules = {ban(kUs, "2025-06-01")};
  world.regime.rules[0].announced = day("2025-03-10");
  const double one = bought(facts_of(world), kLabForeign);
  world.regime.rules.push_back(world.regime.rules[0]);
  CHECK(bought(facts_of(world), kLabForeign) == one);
}

TEST_CASE("buyers: nobody spends ahead of a rule that spares it", "[engine][buyers]") {
  World world = small_economy();
  world.choice.hoarding_months.value = 2.0;
  const double without = bought(facts_of(world), kLabForeign);
  world.regime.rules = {rule_on_foreign(kUs, "2025-06-01", 1.0)};
  world.regime.rules[0].announced = day("2025-03-10");
  CHECK(bought(facts_of(world), kLabForeign) == without);
  world.regime.rules = {ban(kUs, "2025-06-01")};
  world.regime.rules[0].announced = day("2025-03-10");
  world.regime.rules[0].enabled = false;
  CHECK(bought(facts_of(world), kLabForeign) == without);
}

}  // namespace
}  // namespace chokepoint
