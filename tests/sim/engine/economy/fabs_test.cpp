#include "sim/engine/economy/fabs.hpp"

#include <catch2/catch.hpp>

#include "tests/models/supply/networks.hpp"
#include "tests/sim/engine/small_economy.hpp"

namespace chokepoint {
namespace {

/// 100 wafers a month of 50 dies, 40 % of them good: 2000 domestic devices a month where four
/// stacks of HBM each are at hand, of which 20 000 a month are made. Nobody buys any of them.
struct Chips : Accelerator {
  World world = small_economy();

  Chips() {
    world.buyers.clear();
    world.blanket_orders.clear();
    world.orders.clear();
    world.pools.clear();
    world.supplies[kDomestic.value].stock.value = 0.0;
    network.made.bills[0].device = kDomestic;
    network.made.bills[0].vendor = kDomesticMaker;
    // Always new, so that its vendor makes all it can, however much lies unsold.
    network.made.habits.launch_months.value = 1'000.0;
    world.choice.stock_cover_months.value = 1'000.0;
    world.end = day("2025-05-01");
  }

  /// HBM is made in Korea from now on, and a rule may look at it.
  SupplyStage& korean_hbm() {
    NamedItem item;
    item.item.id = ItemId{0};
    item.item.category = Category::Hbm;
    item.item.vendor_headquarters = Country("KR");
    world.items = {item};
    SupplyStage& stage = network.at(hbm);
    stage.country = Country("KR");
    stage.product_item = ItemId{0};
    return stage;
  }

  /// What came into the vendor's stock month by month, the first at the start.
  std::vector<double> made() {
    for (SupplyStage& stage : network.made.stages) {
      if (stage.stock_from == Date()) stage.stock_from = world.first_day();
    }
    world.supply = network.made;
    const auto stock = samples(facts_of(world), Counter::SupplyStock, kDomestic.value);
    std::vector<double> made;
    for (std::size_t i = 0; i + 1 < stock.size(); ++i) {  // The last sample is of the run's end.
      made.push_back(i == 0 ? stock[0] : stock[i] - stock[i - 1]);
    }
    return made;
  }
};

/// A rule of the US on HBM for China, wherever it is made, that admits `share`.
Rule hbm_rule(double share) {
  Rule rule;
  rule.government = kUs;
  rule.reaches_abroad = true;
  rule.categories = 1U << static_cast<unsigned>(Category::Hbm);
  rule.destinations = {kCn};
  rule.verdict = Verdict::Prohibited;
  rule.admitted_share.value = share;
  return rule;
}

TEST_CASE("fabs: wafers times dies times yield are devices in the vendor's stock",
          "[engine][fabs]") {
  Chips chips;
  for (const double yield : {0.4, 0.2, 0.1}) {
    chips.network.at(chips.dies).yield = fixed_yield(yield);
    const auto made = chips.made();
    REQUIRE(made.size() == 4);
    for (const double units : made) CHECK(units == Approx(100.0 * 50.0 * yield));
  }
}

// 2000 a month of which the bank gives 500 in the first; a sample on the first of a month is of the
// month that ends.
TEST_CASE("fabs: what is made is told when its month is over", "[engine][fabs]") {
  Chips chips;
  chips.network.at(chips.die_bank).stock.value = 500.0;
  for (SupplyStage& stage : chips.network.made.stages) stage.stock_from = chips.world.first_day();
  chips.world.supply = chips.network.made;
  const auto facts = facts_of(chips.world);
  const auto made = samples(facts, Counter::DevicesMade, kDomestic.value);
  const auto drawn = samples(facts, Counter::MadeOfStockpiles, kDomestic.value);
  REQUIRE(made.size() == 4);  // Nothing on the first day; then at the end of each of four months.
  REQUIRE(drawn.size() == 4);
  CHECK(made.front() == Approx(2'500.0));
  CHECK(made.back() == Approx(8'500.0));
  for (const double of_stock : drawn) CHECK(of_stock == Approx(500.0));
}

// HBM is enough for 5000 devices, dies for 2000: half the yield is half the devices. With HBM for
// 800 it is none fewer, until yield is what binds.
TEST_CASE("fabs: halving a yield binds once HBM and the bank do not", "[engine][fabs]") {
  Chips chips;
  const auto with = [&](double yield, double stacks) {
    chips.network.at(chips.dies).yield = fixed_yield(yield);
    chips.network.at(chips.hbm).capacity = always(stacks);
    return chips.made().back();
  };
  CHECK(with(0.2, 20'000.0) == Approx(0.5 * with(0.4, 20'000.0)));
  CHECK(with(0.2, 3'200.0) == Approx(with(0.4, 3'200.0)));
  CHECK(with(0.1, 3'200.0) < with(0.2, 3'200.0));
}

// HBM is enough for 5000 devices a month: 3000 dies from abroad beside the 2000 made at home.
TEST_CASE("fabs: a bank delays a shortage by its size over its use", "[engine][fabs]") {
  Chips chips;
  chips.world.end = day("2025-09-01");
  for (const int months : {0, 1, 2, 5}) {
    chips.network.at(chips.die_bank).stock.value = 3'000.0 * months;
    const auto made = chips.made();
    REQUIRE(made.size() == 8);
    for (int m = 0; m < 8; ++m) {
      CHECK(made[static_cast<std::size_t>(m)] == Approx(m < months ? 5'000.0 : 2'000.0));
    }
  }
}

TEST_CASE("fabs: lines are full at the start, whatever their lead", "[engine][fabs]") {
  for (const int lead : {0, 1, 3}) {
    Chips chips;
    chips.network.at(chips.dies).lead_months = lead;
    for (const double units : chips.made()) CHECK(units == Approx(2'000.0));
  }
}

TEST_CASE("fabs: a border narrows what comes in by what it admits", "[engine][fabs]") {
  Chips chips;
  chips.korean_hbm().capacity = always(8'000.0);  // Just enough, so that none is left.
  chips.network.contract(chips.hbm, kDomesticMaker, 1.0);
  for (const double share : {1.0, 0.2, 0.0}) {
    Rule rule = hbm_rule(share);
    rule.validity.effective = rule.announced = day("2025-03-01");
    chips.world.regime.rules = {rule};
    const auto made = chips.made();
    CHECK(made[1] == Approx(2'000.0));
    CHECK(made.back() == Approx(2'000.0 * share));
  }
}

// A month of notice or more ships all that sellers can spare, half of one half of it, no notice
// nothing; whatever the day.
TEST_CASE("fabs: what can be spared is shipped ahead of a rule, as far as its notice goes",
          "[engine][fabs]") {
  Chips chips;
  SupplyStage& stage = chips.korean_hbm();
  stage.capacity = always(0.0);
  stage.importer = kDomesticMaker;
  stage.spare = always(800.0);
  Rule rule = hbm_rule(0.0);
  const auto ahead_of = [&](const char* known, const char* effective) {
    rule.announced = day(known);
    rule.validity.effective = day(effective);
    chips.world.regime.rules = {rule};
    double all = 0.0;
    for (const double units : chips.made()) all += units;
    return all;
  };
  CHECK(ahead_of("2025-01-10", "2025-03-20") == Approx(200.0));
  CHECK(ahead_of("2025-02-10", "2025-03-20") == Approx(200.0));
  CHECK(ahead_of("2025-01-10", "2025-01-25") == Approx(100.0));
  CHECK(ahead_of("2025-01-10", "2025-01-10") == 0.0);
}

// Its vendor makes all it can of a new device, whatever day its price is from, until it has the
// stock that it likes.
TEST_CASE("fabs: a launch follows what a device is made of, not its price", "[engine][fabs]") {
  Chips chips;
  chips.network.made.habits.launch_months.value = 9.0;
  chips.network.made.bills[0].launch = step(0.0, "2025-01-01", 1.0);
  chips.world.end = day("2025-09-01");
  chips.world.choice.stock_cover_months.value = 2.0;
  const auto made = chips.made();
  for (const char* listed : {"2025-01-01", "2025-03-01", "2025-08-01"}) {
    chips.world.offers[1].price = from_day(listed, 10'000.0);
    CHECK(chips.made() == made);
  }
  CHECK(made[0] == Approx(2'000.0));
  CHECK(made[2] == Approx(2'000.0));
  CHECK(made.back() == 0.0);  // Nobody buys any.
}

TEST_CASE("fabs: tools and upkeep from abroad hold back growth, not what stands",
          "[engine][fabs]") {
  Chips chips;
  NamedItem tools;
  tools.item.id = ItemId{0};
  tools.item.category = Category::Equipment;
  tools.item.vendor_headquarters = kUs;
  chips.world.items = {tools};
  SupplyStage& wafers = chips.network.at(chips.wafers);
  wafers.capacity = step(100.0, "2025-03-01", 200.0);
  wafers.foreign.equipment_share.value = 0.5;
  wafers.equipment_item = ItemId{0};
  wafers.operated_by = kFoundry;
  CHECK(chips.made().back() == Approx(4'000.0));
  Rule rule;
  rule.government = kUs;
  rule.categories = 1U << static_cast<unsigned>(Category::Equipment);
  rule.buyer.orgs = {kFoundry};
  rule.validity.effective = rule.announced = day("2024-01-01");
  rule.verdict = Verdict::Prohibited;
  rule.admitted_share.value = 0.0;
  chips.world.regime.rules = {rule};
  const auto made = chips.made();
  CHECK(made[1] == Approx(2'000.0));
  CHECK(made.back() == Approx(3'000.0));
}

// After its first months a device is made as it is bought, and the stock that its vendor likes.
TEST_CASE("fabs: vendors make what buyers want", "[engine][fabs]") {
  Chips chips;
  chips.world = small_economy();
  chips.network.made.habits.launch_months.value = 4.0;
  chips.world.supplies[kDomestic.value].stock.value = 0.0;
  chips.world.supply = chips.network.made;
  const auto facts = facts_of(chips.world);
  const auto stock = samples(facts, Counter::SupplyStock, kDomestic.value);
  CHECK(bought(facts, kLabDomestic, "2025-12-01", "2026-01-01") == Approx(500.0).margin(3.0));
  CHECK(stock.back() < 1'000.0);
  CHECK(stock.back() > 250.0);
}

TEST_CASE("fabs: who is short says how many were wanted, once that is known", "[engine][fabs]") {
  Chips chips;
  chips.world = small_economy();
  chips.network.made.habits.launch_months.value = 4.0;
  chips.world.supplies[kDomestic.value].stock.value = 0.0;
  chips.network.at(chips.hbm).capacity = always(400.0);  // Four of them make one device.
  chips.world.supply = chips.network.made;
  int known = 0;
  for (const TraceEvent& event : facts_of(chips.world)) {
    const auto* bound = std::get_if<SupplyBottleneck>(&event);
    if (bound == nullptr || !bound->wanted) continue;
    CHECK(*bound->wanted > bound->units);
    ++known;
  }
  CHECK(known > 0);
}

TEST_CASE("fabs: where nobody hears what binds, all else is the same", "[engine][fabs]") {
  Chips chips;
  chips.world = small_economy();
  chips.world.supplies[kDomestic.value].stock.value = 0.0;
  chips.network.at(chips.hbm).capacity = always(400.0);
  chips.world.supply = chips.network.made;
  auto facts = facts_of(chips.world);
  const auto bound = std::erase_if(facts, [](const TraceEvent& event) {
    return std::holds_alternative<SupplyBottleneck>(event);
  });
  CHECK(bound > 0);
  CHECK(facts_without_reasons(chips.world) == facts);
}

}  // namespace
}  // namespace chokepoint
