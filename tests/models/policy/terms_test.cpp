#include "models/policy/terms.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

const Country kWest{"US"}, kEast{"CN"};
const Date kToday = *parse_date("2025-06-01");

Shipment shipment() {
  Shipment goods;
  goods.from = goods.exported_from = kWest;
  goods.to = kEast;
  return goods;
}

Rule rule(Country government, Seconds wait) {
  Rule result;
  result.government = government;
  result.validity.effective = *parse_date("2025-01-01");
  result.verdict = Verdict::PresumedDenial;
  result.review.time.value = wait;
  return result;
}

Exception exception(const std::vector<RuleId>& rules, Seconds wait, double revenue_share) {
  Exception result;
  result.rules = rules;
  result.validity.effective = *parse_date("2025-01-01");
  result.verdict = Verdict::CaseByCase;
  result.review.time.value = wait;
  result.revenue_share.value = revenue_share;
  return result;
}

TEST_CASE("terms: every rule that takes time or may refuse asks for itself", "[policy][terms]") {
  Regime regime;
  regime.rules = {rule(kWest, 30_days), rule(kWest, Seconds{}), rule(kEast, Seconds{})};
  regime.rules[2].review.refusal_probability.value = 0.5;
  const auto needed = terms_of(regime, shipment(), kToday).requirements;
  REQUIRE(needed.size() == 2);
  CHECK(needed[0].rule == RuleId{0});
  CHECK_FALSE(needed[0].exception);
  CHECK(needed[1].rule == RuleId{2});
  CHECK(needed[1].review.refusal_probability.value == 0.5);
}

TEST_CASE("terms: an exception to two rules is one application and charges once",
          "[policy][terms]") {
  Regime regime;
  regime.rules = {rule(kWest, 30_days), rule(kWest, 40_days)};
  regime.exceptions = {exception({RuleId{0}, RuleId{1}}, 10_days, 0.25)};
  const Terms terms = terms_of(regime, shipment(), kToday);
  REQUIRE(terms.requirements.size() == 1);
  CHECK(terms.requirements[0].exception == ExceptionId{0});
  CHECK(terms.requirements[0].verdict == Verdict::CaseByCase);
  CHECK(terms.requirements[0].review.time.value == 10_days);
  REQUIRE(terms.charges.size() == 1);
  CHECK(terms.charges[0].share == 0.25);
  CHECK(terms.charges[0].government == kWest);
}

TEST_CASE("terms: duties are charged whatever the verdict, by every rule", "[policy][terms]") {
  Regime regime;
  regime.rules = {rule(kWest, Seconds{}), rule(kEast, Seconds{})};
  regime.rules[0].tariff_share.value = 0.25;
  regime.rules[1].tariff_share.value = 0.1;
  regime.exceptions = {exception({RuleId{0}}, Seconds{}, 0.15)};
  const auto charges = terms_of(regime, shipment(), kToday).charges;
  REQUIRE(charges.size() == 3);
  CHECK(charges[0].kind == ChargeKind::Tariff);
  CHECK(charges[1].kind == ChargeKind::Share);
  CHECK(charges[1].exception == ExceptionId{0});
  CHECK(charges[2].government == kEast);
}

TEST_CASE("terms: a rule that does not hold asks and charges nothing", "[policy][terms]") {
  Regime regime;
  regime.rules = {rule(kWest, 30_days)};
  regime.rules[0].tariff_share.value = 0.25;
  regime.rules[0].validity.ended = kToday;
  const Terms terms = terms_of(regime, shipment(), kToday);
  CHECK(terms.requirements.empty());
  CHECK(terms.charges.empty());
}

}  // namespace
}  // namespace chokepoint
