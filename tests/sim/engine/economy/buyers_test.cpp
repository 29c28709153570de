#include "sim/engine/economy/buyers.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "tests/sim/engine/small_economy.hpp"

namespace chokepoint {
namespace {

constexpr double kPrice = 10'000.0;
constexpr double kMonthly = 10e6;

// Each of three budgets of two buyers may keep the price of a broken package.
TEST_CASE("buyers: the money of a month is spent on whole packages", "[engine][buyers]") {
  const auto facts = facts_of(small_economy());
  std::map<double, double> spent;
  for (const auto& sent : only<ShipmentSent>(facts)) {
    CHECK(sent.units == std::floor(sent.units));
    spent[sent.time.value] += sent.units * kPrice;
  }
  REQUIRE(spent.size() == 12);
  double sum = 0.0, month = 0.0;
  for (const auto& [time, money] : spent) {
    sum += money;
    month += 1.0;
    CHECK(sum <= month * 2.0 * kMonthly + 1.0);
    CHECK(sum > month * 2.0 * kMonthly - 6.0 * kPrice);
  }
}

TEST_CASE("buyers: what is alike is bought alike", "[engine][buyers]") {
  const World world = small_economy();
  const auto facts = facts_of(world);
  CHECK(bought(facts, kCloudForeign) == Approx(bought(facts, kCloudCaptive)).margin(12.0));
  CHECK(bought(facts, kLabForeign) == Approx(bought(facts, kLabDomestic)).margin(12.0));
  CHECK(bought(facts, kCloudForeign) == Approx(bought(facts, kLabForeign)).margin(12.0));
  CHECK(bought(facts, kCloudForeign) > 5'900.0);
}

// An offer gains by its price, its work, its power and whose it is.
TEST_CASE("buyers: an offer that is better to its buyer is bought more", "[engine][buyers]") {
  const auto money = [](const World& world) {
    const auto facts = facts_of(world);
    return bought(facts, kCloudCaptive) * value_on(world.offers[2].price, world.first_day());
  };
  const World plain = small_economy();
  const double before = money(plain);
  World cheaper = plain;
  cheaper.offers[2].price = flat(8'000.0);
  CHECK(money(cheaper) > 1.05 * before);
  World faster = plain;
  faster.worth[kCaptive.value].h100e_training = 1.5;
  CHECK(money(faster) > 1.05 * before);
  World cooler = plain;
  cooler.nodes[kCaptive.value].full_power.value = Watts{1e3};
  CHECK(money(cooler) > before);
  World own = plain;
  own.choice.captive_preference.value = 1.0;
  CHECK(money(own) > 1.05 * before);
}

// exp(1) against 1 is the share of a device with one more unit of utility.
TEST_CASE("buyers: shares follow the logit", "[engine][buyers]") {
  World world = small_economy();
  world.choice.captive_preference.value = 1.0;
  const auto facts = facts_of(world);
  const double own = bought(facts, kCloudCaptive), other = bought(facts, kCloudForeign);
  CHECK(own / (own + other) == Approx(std::exp(1.0) / (1.0 + std::exp(1.0))).epsilon(2e-3));
}

TEST_CASE("buyers: work of a kind is chosen for by its own worth", "[engine][buyers]") {
  World world = small_economy();
  world.worth[kDomestic.value].h100e_training = 0.0;
  for (const double training : {0.0, 0.5, 1.0}) {
    world.buyers[kLabBuyer.value].training_share = flat(training);
    const auto facts = facts_of(world);
    const double domestic = bought(facts, kLabDomestic), foreign = bought(facts, kLabForeign);
    CHECK(domestic / (domestic + foreign) == Approx((1.0 - training) / 2.0).margin(1e-3));
  }
}

TEST_CASE("buyers: an offer is bought from the day on which it has a price", "[engine][buyers]") {
  World world = small_economy();
  world.offers[1].price = from_day("2025-07-01", kPrice);
  const auto facts = facts_of(world);
  CHECK(bought(facts, kLabDomestic, "2025-01-01", "2025-07-01") == 0.0);
  CHECK(bought(facts, kLabDomestic, "2025-07-01", "2025-08-01") > 400.0);
}

TEST_CASE("buyers: what a government holds back is refused once and its money goes on",
          "[engine][buyers]") {
  World world = small_economy();
  world.regime.rules = {ban(kUs, "2024-01-01")};
  const auto facts = facts_of(world);
  const auto refusals = only<ShipmentRefused>(facts);
  REQUIRE(refusals.size() == 12);
  for (const auto& fact : refusals) {
    CHECK(fact.order == kLabForeign);
    CHECK(fact.gate == Gate::Exporter);
    CHECK(fact.exporter_rule == RuleId{0});
    CHECK_FALSE(fact.on_arrival);
    CHECK(fact.value == fact.units * Usd{kPrice});
  }
  CHECK(refusals[0].units == Approx(500.0).margin(3.0));
  CHECK(bought(facts, kLabForeign) == 0.0);
  CHECK(bought(facts, kLabDomestic) == Approx(12'000.0).margin(4.0));
}

TEST_CASE("buyers: every blanket order's account adds up", "[engine][buyers]") {
  World world = small_economy();
  world.regime.rules = {rule_on_foreign(kUs, "2025-03-10", 0.25),
                        rule_on_foreign(kCn, "2025-09-05", 0.0)};
  world.supplies[kDomestic.value].stock.value = 2'000.0;
  const auto facts = facts_of(world);
  for (const auto& account : only<OrderClosed>(facts)) {
    CHECK(account.ordered == account.delivered + account.refused + account.outstanding);
    CHECK(account.refused == refused(facts, account.order));
  }
  CHECK(refused(facts, kLabForeign) > 0.0);
  for (const auto& fact : only<ShipmentDelivered>(facts)) {
    CHECK(fact.revenue == fact.units * Usd{kPrice});
  }
}

TEST_CASE("buyers: money that finds nothing is kept, up to a ceiling", "[engine][buyers]") {
  for (const double months : {0.0, 2.0, 6.0}) {
    World world = small_economy();
    for (Offer& offer : world.offers) offer.price = from_day("2025-05-01", kPrice);
    for (Buyer& buyer : world.buyers) buyer.carry_months.value = months;
    const double kept = std::min(months, 4.0);
    const auto facts = facts_of(world);
    CHECK(bought(facts, kLabForeign, "2025-05-01", "2025-06-01") ==
          Approx((1.0 + kept) * kMonthly / kPrice / 2.0).margin(3.0));
    CHECK(bought(facts, kLabForeign, "2025-06-01", "2025-07-01") == Approx(500.0).margin(3.0));
  }
}

// 800 of the foreign device are all that there is, and 400 of the 500 that are wished for at first.
// Who would wait for ever buys no more domestic ones in that month; who never waits buys 100 more.
TEST_CASE("buyers: what has run out is waited for as long as waiting is worth it",
          "[engine][buyers]") {
  const auto domestic = [](double aversion, std::string_view to) {
    World world = small_economy();
    world.supplies[0].stock.value = 800.0;
    world.choice.delay_aversion.value = aversion;
    return bought(facts_of(world), kLabDomestic, "2025-01-01", to);
  };
  CHECK(domestic(0.0, "2025-02-01") == Approx(500.0).margin(3.0));
  CHECK(domestic(1e6, "2025-02-01") == Approx(600.0).margin(3.0));
  double before = 0.0;
  for (const double aversion : {0.0, 0.02, 0.1, 0.5}) {
    const double units = domestic(aversion, "2026-01-01");
    CHECK(units > before);
    before = units;
  }
  CHECK(before <= domestic(1e6, "2026-01-01"));
  CHECK(domestic(1e6, "2026-01-01") == Approx(11'600.0).margin(12.0));
}

// The border turns back half of what was bought before the rule; it cannot be bought again.
TEST_CASE("buyers: money of what the border turns back is spent again", "[engine][buyers]") {
  World world = small_economy();
  world.regime.rules = {rule_on_foreign(kCn, "2025-02-03", 0.0)};
  const auto facts = facts_of(world);
  double turned_back = 0.0;
  for (const auto& fact : only<ShipmentRefused>(facts)) {
    if (fact.on_arrival) turned_back += fact.units;
  }
  CHECK(turned_back == Approx(500.0).margin(3.0));
  CHECK(bought(facts, kLabDomestic, "2025-03-01", "2025-04-01") ==
        Approx(1'000.0 + turned_back).margin(3.0));
}

// The laboratory works on chips that the cloud owns in US.
TEST_CASE("buyers: governments also rule on who works on chips from afar", "[engine][buyers]") {
  World world = small_economy();
  world.buyers[kLabBuyer.value].org = kCloud;
  world.buyers[kLabBuyer.value].site = kVirginia;
  for (const OrderId order : {kLabForeign, kLabDomestic}) {
    world.orders[order.value].buyer = kCloud;
    world.pools[world.orders[order.value].pool.value].site = kVirginia;
  }
  const auto before = facts_of(world);
  CHECK(bought(before, kLabForeign) > 5'000.0);
  for (const auto& fact : only<ShipmentDelivered>(before)) {
    const bool is_rented = fact.order == kLabForeign || fact.order == kLabDomestic;
    CHECK((fact.stock.status == LegalStatus::Rented) == is_rented);
  }
  Rule access = ban(kUs, "2024-01-01");
  access.categories = 1U << static_cast<unsigned>(Category::RemoteAccess);
  world.regime.rules = {access};
  const auto after = facts_of(world);
  CHECK(bought(after, kLabForeign) == 0.0);
  CHECK(bought(after, kCloudForeign) == bought(before, kCloudForeign));
}

TEST_CASE("buyers: who was cut off trusts less, for a while", "[engine][buyers]") {
  World world = small_economy();
  world.regime.rules = {ban(kUs, "2025-03-01")};
  world.regime.rules[0].validity.ended = day("2025-05-01");
  const double trusting = bought(facts_of(world), kLabForeign, "2025-05-01", "2025-06-01");
  world.choice.policy_risk.value = 1.0;
  const auto facts = facts_of(world);
  CHECK(bought(facts, kLabForeign, "2025-01-01", "2025-02-01") ==
        Approx(bought(facts, kLabDomestic, "2025-01-01", "2025-02-01")).margin(3.0));
  const double wary = bought(facts, kLabForeign, "2025-05-01", "2025-06-01");
  CHECK(wary < 0.8 * trusting);
  CHECK(bought(facts, kLabForeign, "2025-12-01", "2026-01-01") > wary);
  CHECK(bought(facts, kCloudForeign) == Approx(bought(facts, kCloudCaptive)).margin(12.0));
}

// 800 foreign packages in all, of which the cloud's mother may have what it wants first.
TEST_CASE("buyers: the vendor's family comes first where there is too little", "[engine][buyers]") {
  World world = small_economy();
  world.supplies[kForeign.value].stock.value = 800.0;
  const auto alike = facts_of(world);
  CHECK(bought(alike, kCloudForeign) == Approx(bought(alike, kLabForeign)).margin(2.0));
  world.orgs[kForeignVendor.value].parent = kCloud;
  const auto family = facts_of(world);
  CHECK(bought(family, kCloudForeign) > bought(family, kLabForeign) + 100.0);
  for (const auto& facts : {alike, family}) {
    CHECK(bought(facts, kCloudForeign) + bought(facts, kLabForeign) == 800.0);
  }
}

TEST_CASE("buyers: charges are paid by buyers as far as they are passed on", "[engine][buyers]") {
  World world = small_economy();
  world.regime.rules = {rule_on_foreign(kCn, "2024-01-01", 1.0)};
  world.regime.rules[0].tariff_share.value = 0.25;
  const double borne = bought(facts_of(world), kLabForeign);
  world.choice.pass_through.value = 1.0;
  const double passed_on = bought(facts_of(world), kLabForeign);
  CHECK(borne == Approx(6'000.0).margin(24.0));
  CHECK(passed_on < 0.8 * borne);
}

}  // namespace
}  // namespace chokepoint
