#include "sim/engine/trade/market.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <simgrid/s4u/Engine.hpp>
#include <string>

#include "sim/engine/kernel/configure_simgrid.hpp"
#include "sim/engine/kernel/platform.hpp"
#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

World with_rules(const std::vector<Rule>& rules) {
  World world = small_world();
  world.regime.rules = rules;
  return world;
}

TEST_CASE("market: what nobody holds back is delivered after its transit", "[engine][market]") {
  const auto facts = facts_of(small_world());
  const auto delivered = only<ShipmentDelivered>(facts);
  REQUIRE(delivered.size() == 12);
  CHECK(delivered[0].time == at("2025-01-22"));
  CHECK(delivered[0].stock.owner == kBuyer);
  CHECK(delivered[0].stock.status == LegalStatus::Legal);
  CHECK(delivered[0].stock.channel == Channel::Merchant);
  const auto sent = only<ShipmentSent>(facts);
  CHECK(sent[0].time == at("2025-01-15"));
  CHECK(delivered[0].revenue == Usd{1e6});
}

TEST_CASE("market: a share that both governments admit is not taken twice", "[engine][market]") {
  const auto facts = facts_of(with_rules(
      {rule_on_foreign(kUs, "2024-01-01", 0.5), rule_on_foreign(kCn, "2024-01-01", 0.5)}));
  CHECK(units_of<ShipmentDelivered>(facts) == 600.0);
  CHECK(units_of<ShipmentRefused>(facts) == 600.0);
  for (const auto& refused : only<ShipmentRefused>(facts)) CHECK(refused.gate == Gate::Both);
}

TEST_CASE("market: a stricter rule never delivers more", "[engine][market]") {
  for (const Country government : {kUs, kCn}) {
    std::vector<TraceEvent> looser = facts_of(small_world());
    for (const double share : {0.95, 0.5, 0.31, 0.3, 0.0}) {
      const auto stricter =
          facts_of(with_rules({rule_on_foreign(government, "2025-06-01", share)}));
      for (const std::string date : {"2025-05-31", "2025-06-30", "2025-08-01", "2025-12-31"}) {
        CHECK(delivered_by(stricter, at(date)) <= delivered_by(looser, at(date)));
      }
      looser = stricter;
    }
    CHECK(delivered_by(looser, at("2025-12-31")) < 600.0);
  }
}

TEST_CASE("market: with either gate shut, opening the other is worthless", "[engine][market]") {
  const auto delivered = [](double exporter, double importer) {
    return units_of<ShipmentDelivered>(
        facts_of(with_rules({rule_on_foreign(kUs, "2025-01-01", exporter),
                             rule_on_foreign(kCn, "2025-01-01", importer)})));
  };
  CHECK(delivered(0.0, 1.0) == delivered(0.0, 0.0));
  CHECK(delivered(1.0, 0.0) == delivered(0.0, 0.0));
  CHECK(delivered(1.0, 1.0) == 1'200.0);
}

// 100 a month are made and 100 are due on the 15th. On 15 January floor(100 * 14 / 30.4375) = 45
// are there; by 1 February 101 have been made, so the 55 that are short leave.
TEST_CASE("market: what is short waits for the vendor's next output", "[engine][market]") {
  World world = small_world();
  world.supplies[0].stock.value = 0.0;
  world.supplies[0].output[0].units_per_month.value = 100.0;
  const auto facts = facts_of(world);
  const auto sent = only<ShipmentSent>(facts);
  const auto waits = only<DeliveryBackordered>(facts);
  REQUIRE(sent.size() > 2);
  CHECK(sent[0].time == at("2025-01-15"));
  CHECK(sent[0].units == 45.0);
  CHECK(waits[0].units == 55.0);
  CHECK(sent[1].time == at("2025-02-01"));
  CHECK(sent[1].units == 55.0);
  CHECK(waits.size() == 12);  // Once per delivery, however often it tries again.
}

TEST_CASE("market: nobody passes those who wait", "[engine][market]") {
  World world = small_world();
  world.supplies[0].stock.value = 0.0;
  world.supplies[0].output[0].units_per_month.value = 50.0;
  Order second = world.orders[0];
  second.tranches[0].first = day("2025-01-20");
  world.orders.push_back(second);
  const auto sent = only<ShipmentSent>(facts_of(world));
  // Half of what the first order asks is made, so January's second delivery waits behind the
  // first's and then goes before the first order's delivery of February.
  REQUIRE(sent.size() > 5);
  CHECK(sent[0].order == OrderId{0});
  CHECK(sent[1].order == OrderId{0});
  double before_second = 0.0;
  for (const auto& fact : sent) {
    if (fact.order == OrderId{1}) break;
    before_second += fact.units;
  }
  CHECK(before_second == 100.0);
}

TEST_CASE("market: a notification delays, and is judged again when a rule begins",
          "[engine][market]") {
  Rule notify = rule_on_foreign(kUs, "2024-01-01", 1.0);
  notify.verdict = Verdict::Notified;
  notify.review.time.value = 30_days;
  const auto facts = facts_of(with_rules({notify}));
  const auto notified = only<LicenseFiled>(facts);
  CHECK(notified.size() == 12);  // The same rule does not ask twice.
  CHECK(notified[0].until == at("2025-02-14"));
  CHECK(notified[0].rule == RuleId{0});
  CHECK(only<ShipmentSent>(facts)[0].time == at("2025-02-14"));
  // December's notification runs out after the end.
  CHECK(units_of<ShipmentDelivered>(facts) == 1'100.0);
  CHECK(only<OrderClosed>(facts)[0].outstanding == 100.0);

  const auto later = facts_of(with_rules({notify, rule_on_foreign(kCn, "2025-02-01", 0.0)}));
  CHECK(units_of<ShipmentDelivered>(later) == 0.0);
  const auto refused = only<ShipmentRefused>(later);
  CHECK(refused[0].time == at("2025-02-01"));
  CHECK(refused[0].gate == Gate::Importer);
}

// Told of both on 15 January; the longer rule ends on 10 February, before its notice does, and the
// shorter one's has run out the day before.
TEST_CASE("market: notices run side by side from the first", "[engine][market]") {
  Rule longer = rule_on_foreign(kCn, "2024-01-01", 1.0);
  longer.verdict = Verdict::Notified;
  longer.review.time.value = 40_days;
  longer.validity.ended = day("2025-02-10");
  Rule shorter = longer;
  shorter.review.time.value = 25_days;
  shorter.validity.ended.reset();
  const auto facts = facts_of(with_rules({longer, shorter}));
  CHECK(only<LicenseFiled>(facts).at(0).until == at("2025-02-24"));
  CHECK(only<LicenseFiled>(facts).at(1).until == at("2025-02-09"));
  CHECK(only<ShipmentSent>(facts).at(0).time == at("2025-02-10"));
}

// Nothing is in stock on 15 January; the rule begins before the next output is counted.
TEST_CASE("market: what waits for supply is judged when a rule begins", "[engine][market]") {
  World world = small_world();
  world.supplies[kForeignLine.value].stock.value = 0.0;
  world.orders[0].tranches[0].months = 1;
  world.regime.rules = {rule_on_foreign(kUs, "2025-01-20", 0.0)};
  const auto refused = only<ShipmentRefused>(facts_of(world));
  REQUIRE(refused.size() == 1);
  CHECK(refused[0].time == at("2025-01-20"));
  CHECK(refused[0].units == 100.0);
}

/// The facts of a run in which nothing is due but what `buy` places.
std::vector<TraceEvent> facts_of_placing(
    const World& world, const std::function<void(Agenda&, Marketplace&, const Regulator&)>& buy) {
  return in_child<TraceEvent>([&] {
    const auto engine = configure_simgrid();
    const Platform platform(world);
    Agenda agenda(world.horizon());
    MemorySink trace;
    Regulator regulator(world, agenda, trace);
    Supply supply(world, agenda);
    Sites sites(world);
    OrderBook book(world, trace);
    Quotas quotas(world, agenda, trace, regulator);
    Shipping shipping(world, agenda, trace, regulator, quotas, supply, book, sites);
    Marketplace market(world, agenda, trace, regulator, quotas, supply, book, shipping);
    regulator.on_change([&market] { market.reconsider(); });
    regulator.start();
    market.start();
    buy(agenda, market, regulator);
    agenda.run(*engine);
    book.close(agenda.now());
    return trace.events;
  });
}

World unscheduled(const std::vector<Rule>& rules) {
  World world = with_rules(rules);
  world.orders[0].tranches.clear();
  return world;
}

/// Asks for `units` on a day, of which the ruling of the day refuses its part.
auto asking_for(const World& world, std::string_view date, double units, Usd price) {
  return [&world, date, units, price](Agenda& agenda, Marketplace& market,
                                      const Regulator& regulator) {
    agenda.at(at(date), Phase::Delivery, [&market, &regulator, &world, units, price] {
      BuyerPurchase purchase;
      purchase.ruling = regulator.judge(goods_of(world.orders[0]), ShipmentState::Offered);
      purchase.units = std::floor(units * purchase.ruling.admitted_share);
      purchase.refused = units - purchase.units;
      purchase.price = price;
      market.place(kOrder, 0, purchase);
    });
  };
}

TEST_CASE("market: what is placed is booked, refused and sent like what is due",
          "[engine][market]") {
  const World world = unscheduled({rule_on_foreign(kUs, "2024-01-01", 0.25)});
  const auto facts = facts_of_placing(world, asking_for(world, "2025-03-10", 100.0, Usd{8'000.0}));
  CHECK(only<DeliveryDue>(facts).at(0).units == 100.0);
  const auto refused = only<ShipmentRefused>(facts);
  REQUIRE(refused.size() == 1);
  CHECK(refused[0].units == 75.0);
  CHECK(refused[0].value == Usd{600e3});
  CHECK(refused[0].exporter_rule == RuleId{0});
  const auto delivered = only<ShipmentDelivered>(facts);
  REQUIRE(delivered.size() == 1);  // The share is not taken twice.
  CHECK(delivered[0].units == 25.0);
  CHECK(delivered[0].time == at("2025-03-17"));
  CHECK(delivered[0].revenue == Usd{200e3});  // At its own price, not the order's.
  const auto account = only<OrderClosed>(facts).at(0);
  CHECK(account.ordered == 100.0);
  CHECK(account.delivered + account.refused == 100.0);
}

TEST_CASE("market: what is placed waits for a decision and for supply", "[engine][market]") {
  World world = unscheduled({rule_on_foreign(kUs, "2024-01-01", 1.0)});
  world.regime.rules[0].review.time.value = 60_days;
  auto facts = facts_of_placing(world, asking_for(world, "2025-03-10", 40.0, Usd{1.0}));
  CHECK(only<ShipmentSent>(facts).at(0).time == at("2025-03-10") + 60_days);

  world = unscheduled({});
  world.supplies[kForeignLine.value] = {
      "", kForeign, {30.0, {}}, {{day("2025-04-01"), {10.0, {}}}}};
  facts = facts_of_placing(world, asking_for(world, "2025-03-10", 40.0, Usd{1.0}));
  CHECK(only<DeliveryBackordered>(facts).at(0).units == 10.0);
  CHECK(units_of<ShipmentSent>(facts) == 40.0);
  CHECK(only<ShipmentSent>(facts).at(1).time > at("2025-04-30"));
}

TEST_CASE("market: nothing placed moves nothing", "[engine][market]") {
  const World world = unscheduled({rule_on_foreign(kUs, "2024-01-01", 0.0)});
  const auto facts = facts_of_placing(world, asking_for(world, "2025-03-10", 30.0, Usd{1.0}));
  CHECK(units_of<ShipmentRefused>(facts) == 30.0);
  CHECK(only<ShipmentSent>(facts).empty());
}

}  // namespace
}  // namespace chokepoint
