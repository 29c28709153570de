#include "models/policy/rule.hpp"

#include <catch2/catch.hpp>

#include "tests/models/policy/shipments.hpp"

namespace chokepoint {
namespace {

unsigned bit(Category category) {
  return 1U << static_cast<unsigned>(category);
}

TEST_CASE("rule: holds from its first day up to the day on which it ended", "[policy][rule]") {
  Rule rule = rule_of(kUs, Verdict::Prohibited, 0);
  rule.validity = {day("2025-04-09"), day("2025-07-15"), {}};
  const auto holds = [&](const char* date) { return applies(rule, h20_to_china(), day(date)); };
  CHECK_FALSE(holds("2025-04-08"));
  CHECK(holds("2025-04-09"));
  CHECK(holds("2025-07-14"));
  CHECK_FALSE(holds("2025-07-15"));
  rule.validity.ended.reset();
  CHECK(holds("2099-01-01"));
}

TEST_CASE("rule: covers item, destination and buyer together", "[policy][rule]") {
  const auto covered = [](void (*change)(Rule&)) {
    Rule rule = rule_of(kUs, Verdict::Prohibited, 0);
    rule.item.devices = {kH20};
    rule.destinations = {kCn};
    rule.buyer.headquarters = {kCn};
    change(rule);
    return applies(rule, h20_to_china(), today());
  };
  CHECK(covered([](Rule&) {}));
  CHECK_FALSE(covered([](Rule& r) { r.item.devices = {DeviceId{1}}; }));
  CHECK_FALSE(covered([](Rule& r) { r.destinations = {kSg}; }));
  CHECK_FALSE(covered([](Rule& r) { r.buyer.headquarters = {kSg}; }));
  CHECK(covered([](Rule& r) { r.destinations = {}; }));
  CHECK_FALSE(covered([](Rule& r) { r.destinations_except = {kCn}; }));
  CHECK_FALSE(covered([](Rule& r) { r.exported_from = {kSg}; }));
  CHECK(covered([](Rule& r) { r.exported_from = {kUs, kSg}; }));
  CHECK_FALSE(covered([](Rule& r) { r.exported_from_except = {kUs}; }));
  CHECK_FALSE(covered([](Rule& r) { r.categories = bit(Category::Hbm); }));
  CHECK(covered([](Rule& r) { r.categories = bit(Category::Hbm) | bit(Category::Chip); }));
  CHECK_FALSE(covered([](Rule& r) { r.enabled = false; }));
  CHECK(covered([](Rule& r) { r.buyer = {}; }));
}

// Destination and headquarters of the buyer each inside or outside the rule.
TEST_CASE("rule: 'wherever located' extends it beyond its destinations", "[policy][rule]") {
  const auto applies_to = [](Country to, Country headquarters, bool anywhere) {
    Rule rule = rule_of(kUs, Verdict::Prohibited, 0);
    rule.destinations = {kCn};
    rule.buyer.headquarters = {kCn};
    rule.buyer_anywhere = anywhere;
    Shipment shipment = h20_to_china();
    shipment.to = to;
    shipment.buyer.headquarters = headquarters;
    return applies(rule, shipment, today());
  };
  CHECK(applies_to(kCn, kCn, true));
  CHECK(applies_to(kSg, kCn, true));
  CHECK(applies_to(kCn, kUs, true));
  CHECK_FALSE(applies_to(kSg, kUs, true));
  CHECK(applies_to(kCn, kCn, false));
  CHECK_FALSE(applies_to(kSg, kCn, false));
  CHECK_FALSE(applies_to(kCn, kUs, false));
}

TEST_CASE("rule: 'wherever located' needs both lists to say something", "[policy][rule]") {
  Rule rule = rule_of(kUs, Verdict::Prohibited, 0);
  rule.buyer_anywhere = true;

  rule.buyer.headquarters = {kSg};  // No destinations: still only buyers of Singapore.
  CHECK_FALSE(applies(rule, h20_to_china(), today()));

  rule.buyer = {};
  rule.destinations = {kSg};  // No buyer test: still only what goes to Singapore.
  CHECK_FALSE(applies(rule, h20_to_china(), today()));
}

TEST_CASE("rule: does not hold while it is suspended", "[policy][rule]") {
  const Validity validity{day("2025-09-29"), {}, {{day("2025-11-10"), day("2026-11-10")}}};
  CHECK(validity.holds_on(day("2025-11-09")));
  CHECK_FALSE(validity.holds_on(day("2025-11-10")));
  CHECK_FALSE(validity.holds_on(day("2026-11-09")));
  CHECK(validity.holds_on(day("2026-11-10")));
  const Validity for_good{day("2025-01-13"), {}, {{day("2025-05-13"), {}}}};
  CHECK(for_good.holds_on(day("2025-05-12")));
  CHECK_FALSE(for_good.holds_on(day("2099-01-01")));
}

TEST_CASE("rule: reaches what its country sells, sends or takes in, and more if it says so",
          "[policy][rule]") {
  const auto reached = [](Country from, Country exported_from, Country to, bool abroad) {
    Rule rule = rule_of(kUs, Verdict::Prohibited, 0);
    rule.reaches_abroad = abroad;
    Shipment shipment = h20_to_china();
    shipment.from = from;
    shipment.exported_from = exported_from;
    shipment.to = to;
    return applies(rule, shipment, today());
  };
  CHECK(reached(kUs, kSg, kCn, false));
  CHECK(reached(kSg, kUs, kCn, false));
  CHECK(reached(kSg, kCn, kUs, false));
  CHECK_FALSE(reached(kSg, kSg, kCn, false));
  CHECK(reached(kSg, kSg, kCn, true));
}

TEST_CASE("rule: goods under way or at work are spared unless it says so", "[policy][rule]") {
  const auto reached = [](Country government, ShipmentState state, void (*change)(Rule&)) {
    Rule rule = rule_of(government, Verdict::Prohibited, 0);
    change(rule);
    Shipment shipment = h20_to_china();
    shipment.state = state;
    return applies(rule, shipment, today());
  };
  const auto as_is = [](Rule&) {};
  CHECK(reached(kUs, ShipmentState::Offered, as_is));
  CHECK_FALSE(reached(kUs, ShipmentState::InFlight, as_is));
  CHECK(reached(kCn, ShipmentState::InFlight, as_is));  // It enters the country.
  CHECK(reached(kUs, ShipmentState::InFlight, [](Rule& r) { r.reaches_in_flight = true; }));
  CHECK_FALSE(reached(kCn, ShipmentState::InFlight, [](Rule& r) { r.reaches_in_flight = false; }));
  CHECK_FALSE(reached(kCn, ShipmentState::Installed, as_is));
  CHECK(reached(kCn, ShipmentState::Installed, [](Rule& r) { r.reaches_installed = true; }));
}

TEST_CASE("exception: is for its rules, some days, items, ways and buyers", "[policy][rule]") {
  const RuleId mine{4};
  const auto softened = [&](void (*change)(Exception&), RuleId rule, const char* date) {
    Exception exception = license_of(mine, 1, 0);
    exception.rules = {RuleId{2}, mine};
    exception.validity = {day("2025-08-08"), day("2025-10-01"), {}};
    exception.item.devices = {kH20};
    exception.buyer.classes = {kCloud};
    change(exception);
    return applies(exception, rule, h20_to_china(), day(date));
  };
  const auto as_is = [](Exception&) {};
  CHECK(softened(as_is, mine, "2025-08-08"));
  CHECK(softened(as_is, RuleId{2}, "2025-08-08"));
  CHECK_FALSE(softened(as_is, RuleId{5}, "2025-08-08"));
  CHECK_FALSE(softened(as_is, mine, "2025-08-07"));
  CHECK(softened(as_is, mine, "2025-09-30"));
  CHECK_FALSE(softened(as_is, mine, "2025-10-01"));
  const auto changed = [&](void (*change)(Exception&)) {
    return softened(change, mine, "2025-09-01");
  };
  CHECK_FALSE(changed([](Exception& e) { e.enabled = false; }));
  CHECK_FALSE(changed([](Exception& e) { e.item.devices = {DeviceId{1}}; }));
  CHECK(changed([](Exception& e) { e.item = {}; }));
  CHECK_FALSE(changed([](Exception& e) { e.buyer.orgs = {OrgId{9}}; }));
  CHECK_FALSE(changed([](Exception& e) { e.destinations = {kSg}; }));
  CHECK_FALSE(changed([](Exception& e) { e.exported_from = {kSg}; }));
  CHECK(changed([](Exception& e) { e.exported_from = {kUs}; }));
}

TEST_CASE("exception: asks who packages a die, and where", "[policy][rule]") {
  Exception exception = license_of(RuleId{0}, 1, 0);
  exception.packager.classes = {kCloud};
  exception.packaged_in_except = {kCn};
  Shipment shipment = h20_to_china();
  const auto holds = [&] { return applies(exception, RuleId{0}, shipment, today()); };
  CHECK_FALSE(holds());  // Not known.
  shipment.packager = Party{OrgId{8}, kSg, {kCloud}, {}};
  CHECK_FALSE(holds());
  shipment.packaged_in = kSg;
  CHECK(holds());
  shipment.packaged_in = kCn;
  CHECK_FALSE(holds());
  shipment.packaged_in = kSg;
  shipment.packager->classes.clear();
  CHECK_FALSE(holds());
}

}  // namespace
}  // namespace chokepoint
