#include "models/policy/rule.hpp"

#include <catch2/catch.hpp>

#include "tests/models/policy/shipments.hpp"

namespace chokepoint {
namespace {

TEST_CASE("rule: holds from its first day up to the day on which it ended", "[policy][rule]") {
  Rule rule = rule_of(kUs, Verdict::Prohibited, 0);
  rule.validity = {day("2025-04-09"), day("2025-07-15")};
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
  CHECK(covered([](Rule& r) { r.destinations.clear(); }));
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

TEST_CASE("license: is for one rule, some days, devices and buyers", "[policy][rule]") {
  const RuleId mine{4};
  const auto granted = [&](void (*change)(License&), RuleId rule, const char* date) {
    License license = license_of(mine, 1, 0);
    license.validity = {day("2025-08-08"), day("2025-10-01")};
    license.devices = {kH20};
    license.buyer.classes = {kCloud};
    change(license);
    return applies(license, rule, h20_to_china(), day(date));
  };
  const auto as_is = [](License&) {};
  CHECK(granted(as_is, mine, "2025-08-08"));
  CHECK_FALSE(granted(as_is, RuleId{5}, "2025-08-08"));
  CHECK_FALSE(granted(as_is, mine, "2025-08-07"));
  CHECK(granted(as_is, mine, "2025-09-30"));
  CHECK_FALSE(granted(as_is, mine, "2025-10-01"));
  CHECK_FALSE(granted([](License& l) { l.devices = {DeviceId{1}}; }, mine, "2025-09-01"));
  CHECK(granted([](License& l) { l.devices.clear(); }, mine, "2025-09-01"));
  CHECK_FALSE(granted([](License& l) { l.buyer.orgs = {OrgId{9}}; }, mine, "2025-09-01"));
}

}  // namespace
}  // namespace chokepoint
