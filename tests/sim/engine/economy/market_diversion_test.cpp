#include "sim/engine/economy/market_diversion.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "tests/sim/engine/small_economy.hpp"

namespace chokepoint {
namespace {

GreyRoute route() {
  GreyRoute result;
  result.country = kUs;
  result.destination = kCn;
  result.share_of_sales = flat(0.1);
  result.units_per_month = flat(1e6);
  result.delay.value = 30_days;
  return result;
}

/// The economy with a ban on the foreign device in CN, and a way around it.
World grey_economy() {
  World world = small_economy();
  world.regime.rules = {rule_on_foreign(kUs, "2024-01-01", 0.0)};
  world.grey_routes = {route()};
  world.choice.premium_response.value = 0.5;
  world.choice.premium_ceiling.value = 1.5;
  return world;
}

/// A market of its own that nothing is sold on but what a test says.
struct Bench {
  World world = grey_economy();
  MemorySink trace;
  Agenda agenda{world.horizon()};
  Supply supply{world, agenda};
  Sites sites{world};
  OrderBook book{world, trace};
  MarketDiversion grey{world, agenda, trace, supply, sites, book};
};

TEST_CASE("grey market: nothing vanishes where nothing is sold or no route leads",
          "[engine][grey]") {
  Bench bench;
  CHECK(bench.grey.there(0, kBeijing, 1e6) == 0.0);
  bench.grey.close_month({{1'000.0, 0.0, 0.0}, {500.0, 0.0, 0.0}, {0.0, 0.0, 0.0}});
  CHECK(bench.grey.there(0, kBeijing, 1e6) > 0.0);
  CHECK(bench.grey.there(1, kBeijing, 1e6) == 0.0);
  CHECK(bench.grey.there(0, kVirginia, 1e6) == 0.0);
}

TEST_CASE(
    "grey market: the premium grows with what is refused, falls with what comes, and "
    "ends at its ceiling",
    "[engine][grey]") {
  const auto premium = [](double diverted, double refused) {
    Bench bench;
    bench.grey.close_month({{1e6, 0.0, 0.0}, {refused, 0.0, 0.0}, {diverted, 0.0, 0.0}});
    return bench.grey.premium(0);
  };
  CHECK(premium(1'000.0, 0.0) == 0.0);
  double before = 0.0;
  for (const double refused : {10.0, 100.0, 1'000.0}) {
    CHECK(premium(1'000.0, refused) > before);
    before = premium(1'000.0, refused);
  }
  CHECK(premium(2'000.0, 100.0) < premium(1'000.0, 100.0));
  CHECK(premium(0.0, 1e9) == 1.5);
}

TEST_CASE("grey market: what can vanish is a share of sales, within the route and the stock",
          "[engine][grey]") {
  Bench bench;
  for (int month = 0; month < 60; ++month) {
    bench.grey.close_month(
        {{1'000.0, 3'000.0, 0.0}, {1'000.0, 1'000.0, 0.0}, {1'000.0, 1'000.0, 0.0}});
  }
  const double drawn = bench.grey.there(0, kBeijing, 1e6);
  CHECK(drawn == std::floor(0.1 * bench.grey.premium(0) * 1'000.0));
  CHECK(bench.grey.there(0, kBeijing, 7.0) == 7.0);
  // A narrow route is shared by what is sold of each device.
  bench.world.grey_routes[0].units_per_month = flat(40.0);
  CHECK(bench.grey.there(0, kBeijing, 1e6) == Approx(10.0).margin(1.0));
  CHECK(bench.grey.there(1, kBeijing, 1e6) == Approx(30.0).margin(1.0));
}

// Who diverts pays for what is seized as well: seizure lowers what goes that way, to nothing where
// what arrives earns less than all of it costs.
TEST_CASE("grey market: the more is seized the less goes that way", "[engine][grey]") {
  Bench bench;
  bench.grey.close_month({{1'000.0, 0.0, 0.0}, {1'000.0, 0.0, 0.0}, {100.0, 0.0, 0.0}});
  double before = std::numeric_limits<double>::infinity();
  for (const double seized : {0.0, 0.05, 0.1, 0.2}) {
    bench.world.grey_routes[0].seizure_probability.value = seized;
    const double there = bench.grey.there(0, kBeijing, 1e6);
    CHECK(there < before);
    before = there;
  }
  bench.world.grey_routes[0].seizure_probability.value = 0.9;
  CHECK(bench.grey.there(0, kBeijing, 1e6) == 0.0);
}

TEST_CASE("grey market: money for what is seized comes back to who wanted it", "[engine][grey]") {
  World world = grey_economy();
  const auto spent = [&](double seized) {
    world.grey_routes[0].seizure_probability.value = seized;
    double domestic = 0.0;
    for (const auto& fact : only<ShipmentSent>(facts_of(world))) {
      if (fact.order == kLabDomestic) domestic += fact.units;
    }
    return domestic;
  };
  const double without = spent(0.0);
  for (const double seized : {0.1, 0.3, 0.6}) CHECK(spent(seized) >= without);
}

TEST_CASE("grey market: chips go around a ban at the list price, late, and some are seized",
          "[engine][grey]") {
  World world = grey_economy();
  world.grey_routes[0].seizure_probability.value = 0.25;
  const auto facts = facts_of(world);
  std::vector<ShipmentSent> sent;
  for (const auto& fact : only<ShipmentSent>(facts)) {
    if (fact.substitute) sent.push_back(fact);
  }
  std::vector<ShipmentDelivered> delivered;
  for (const auto& fact : only<ShipmentDelivered>(facts)) {
    if (fact.substitute) delivered.push_back(fact);
  }
  REQUIRE(sent.size() > 5);
  REQUIRE(delivered.size() >= sent.size() - 1);
  for (std::size_t i = 0; i < delivered.size(); ++i) {
    CHECK(sent[i].order == kLabForeign);
    CHECK(delivered[i].time == sent[i].time + 30_days);
    CHECK(delivered[i].units == sent[i].units - std::round(0.25 * sent[i].units));
    CHECK(delivered[i].stock.status == LegalStatus::Diverted);
    CHECK(delivered[i].stock.owner == kLab);
    CHECK(delivered[i].revenue == sent[i].units * Usd{10'000.0});
  }
  CHECK(bought(facts, kLabForeign) == 0.0);
}

TEST_CASE("grey market: nothing goes around where the law lets enough through", "[engine][grey]") {
  World world = grey_economy();
  for (const double share : {1.0, 0.5}) {
    world.regime.rules[0].admitted_share.value = share;
    for (const auto& fact : only<ShipmentSent>(facts_of(world))) CHECK_FALSE(fact.substitute);
  }
}

// A vanished chip is one that the vendor had; a bought one is paid by the buyer with the premium.
TEST_CASE("grey market: it makes no chips and no money", "[engine][grey]") {
  World world = grey_economy();
  world.supplies[kForeign.value].stock.value = 6'000.0;
  const auto facts = facts_of(world);
  double foreign = 0.0, lab = 0.0;
  for (const auto& fact : only<ShipmentSent>(facts)) {
    foreign += fact.device == kForeign ? fact.units : 0.0;
    lab += fact.order == kLabForeign || fact.order == kLabDomestic ? fact.units : 0.0;
  }
  CHECK(samples(facts, Counter::SupplyStock, 0).back() == 6'000.0 - foreign);
  CHECK(lab < 12'000.0);
  double around = 0.0;
  for (const auto& fact : only<ShipmentSent>(facts)) around += fact.substitute ? fact.units : 0.0;
  CHECK(around > 0.0);
}

}  // namespace
}  // namespace chokepoint
