#include "sim/engine/government/licensing.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

/// A rule that needs a license: decided in 20 to 90 days, refused with the given chance.
World licensed_world(double refusal_probability) {
  World world = small_world();
  world.inputs.push_back({"days", 40.0, 20.0, 90.0, Confidence::Estimated, SourceId{0}});
  Rule rule = rule_on_foreign(kUs, "2024-01-01", 1.0);
  rule.review.time = {40_days, InputId{4}};
  rule.review.refusal_probability.value = refusal_probability;
  world.regime.rules = {rule};
  return world;
}

/// How each application of an order ends, by the day on which it was filed.
std::map<double, std::pair<double, bool>> decisions(const World& world, OrderId order) {
  std::map<double, std::pair<double, bool>> result;
  const auto facts = facts_of(world);
  const auto decided = only<LicenseDecided>(facts);
  for (const auto& filed : only<LicenseFiled>(facts)) {
    if (filed.order != order) continue;
    for (const auto& fact : decided) {
      if (fact.order != order || fact.time != filed.until) continue;
      result[filed.time.value] = {fact.time.value, fact.outcome == LicenseOutcome::Refused};
    }
  }
  return result;
}

TEST_CASE("licensing: one application per delivery, drawn from its range and the same again",
          "[engine][licensing]") {
  const World world = licensed_world(0.3);
  const auto filed = only<LicenseFiled>(facts_of(world));
  REQUIRE(filed.size() == 12);
  CHECK(filed[0].units == 100.0);
  CHECK(filed[0].rule == RuleId{0});
  for (std::size_t i = 1; i < filed.size(); ++i) {
    CHECK(filed[i].until - filed[i].time != filed[0].until - filed[0].time);
  }
  CHECK(decisions(world, kOrder).size() > 8);
  CHECK(decisions(world, kOrder) == decisions(world, kOrder));
}

TEST_CASE("licensing: another order or rule shifts nobody's draws", "[engine][licensing]") {
  const World world = licensed_world(0.3);
  World larger = world;
  Order other = larger.orders[0];
  other.name = "another";
  larger.orders.insert(larger.orders.begin(), other);
  Rule unrelated = rule_on_foreign(kUs, "2024-01-01", 1.0);
  unrelated.name = "unrelated";
  unrelated.item.devices = {kDomestic};
  larger.regime.rules.insert(larger.regime.rules.begin(), unrelated);
  const auto alone = decisions(world, kOrder);
  REQUIRE_FALSE(alone.empty());
  CHECK(decisions(larger, OrderId{1}) == alone);
  CHECK(decisions(larger, OrderId{0}) != alone);
}

TEST_CASE("licensing: a refusal names the rule, what is granted leaves on the day",
          "[engine][licensing]") {
  const auto facts = facts_of(licensed_world(0.5));
  const auto refused = only<ShipmentRefused>(facts);
  REQUIRE_FALSE(refused.empty());
  std::set<double> granted_at, sent_at;
  for (const auto& fact : refused) {
    CHECK(fact.gate == Gate::Exporter);
    CHECK(fact.exporter_rule == RuleId{0});
    CHECK(fact.units == 100.0);
  }
  for (const auto& fact : only<LicenseDecided>(facts)) {
    if (fact.outcome == LicenseOutcome::Granted) granted_at.insert(fact.time.value);
  }
  for (const auto& fact : only<ShipmentSent>(facts)) sent_at.insert(fact.time.value);
  CHECK_FALSE(sent_at.empty());
  CHECK(only<ShipmentDelivered>(facts).at(0).stock.status == LegalStatus::Licensed);
  CHECK(sent_at == granted_at);
}

TEST_CASE("licensing: a stricter review never delivers more", "[engine][licensing]") {
  double before = 1e9;
  for (const double probability : {0.0, 0.2, 0.5, 1.0}) {
    const double delivered = units_of<ShipmentDelivered>(facts_of(licensed_world(probability)));
    CHECK(delivered <= before);
    before = delivered;
  }
  CHECK(before == 0.0);
}

TEST_CASE("licensing: an application is void when nothing asks for it any more",
          "[engine][licensing]") {
  World world = licensed_world(1.0);
  world.orders[0].tranches[0].months = 1;
  world.regime.rules[0].review.time = {60_days, {}};
  world.regime.rules[0].validity.ended = day("2025-02-10");
  const auto facts = facts_of(world);
  const auto decided = only<LicenseDecided>(facts);
  REQUIRE(decided.size() == 1);
  CHECK(decided[0].outcome == LicenseOutcome::Void);
  CHECK(decided[0].time == at("2025-02-10"));
  CHECK(only<ShipmentSent>(facts).at(0).time == at("2025-02-10"));
  CHECK(units_of<ShipmentRefused>(facts) == 0.0);
}

TEST_CASE("licensing: a rule that comes while an application is open is obeyed at once",
          "[engine][licensing]") {
  World world = licensed_world(0.0);
  world.orders[0].tranches[0].months = 1;
  world.regime.rules[0].review.time = {60_days, {}};
  world.regime.rules.push_back(rule_on_foreign(kCn, "2025-02-10", 0.0));
  const auto facts = facts_of(world);
  CHECK(only<ShipmentRefused>(facts).at(0).time == at("2025-02-10"));
  CHECK(only<ShipmentRefused>(facts).at(0).importer_rule == RuleId{1});
  CHECK(only<LicenseDecided>(facts).at(0).outcome == LicenseOutcome::Void);
}

TEST_CASE("licensing: an exception is applied for once and in its own time",
          "[engine][licensing]") {
  World world = licensed_world(0.0);
  world.orders[0].tranches[0].months = 1;
  world.regime.rules.push_back(rule_on_foreign(kUs, "2024-01-01", 0.0));
  Exception notice;
  notice.rules = {RuleId{0}, RuleId{1}};
  notice.validity.effective = day("2024-01-01");
  notice.verdict = Verdict::Notified;
  notice.review.time.value = 25_days;
  world.regime.exceptions = {notice};
  const auto facts = facts_of(world);
  const auto filed = only<LicenseFiled>(facts);
  REQUIRE(filed.size() == 1);
  CHECK(filed[0].exception == ExceptionId{0});
  CHECK(filed[0].verdict == Verdict::Notified);
  CHECK(filed[0].until == at("2025-02-09"));
  CHECK(units_of<ShipmentDelivered>(facts) == 100.0);
}

}  // namespace
}  // namespace chokepoint
