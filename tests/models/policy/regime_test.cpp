#include "models/policy/regime.hpp"

#include <catch2/catch.hpp>

#include "tests/models/policy/shipments.hpp"

namespace chokepoint {
namespace {

TEST_CASE("regime: without rules everything is free", "[policy][regime]") {
  const auto ruling = judge(Regime{}, h20_to_china(), today());
  CHECK(ruling.admitted_share == 1.0);
  CHECK(ruling.gate == Gate::None);
  CHECK(ruling.revenue_share == 0.0);
  CHECK(ruling.wait == 0_s);
  CHECK_FALSE(ruling.exporter.rule);
  CHECK_FALSE(ruling.importer.rule);
}

TEST_CASE("regime: the most severe verdict decides, then the least share, then the first rule",
          "[policy][regime]") {
  Regime regime;
  regime.rules = {rule_of(kUs, Verdict::Discouraged, 0.1), rule_of(kUs, Verdict::CaseByCase, 0.5),
                  rule_of(kUs, Verdict::CaseByCase, 0.2), rule_of(kUs, Verdict::CaseByCase, 0.2)};
  const auto ruling = regime.judge(kUs, h20_to_china(), today());
  CHECK(ruling.rule == RuleId{2});
  CHECK(ruling.verdict == Verdict::CaseByCase);
  CHECK(ruling.admitted_share == 0.1);  // Whoever decides, no more than any rule admits moves.
  CHECK(ruling.limiting_rule == RuleId{0});
}

TEST_CASE("regime: the gate that holds back is the one that admits less", "[policy][regime]") {
  const auto gate = [](double exporter, double importer) {
    Regime regime;
    regime.rules = {rule_of(kUs, Verdict::CaseByCase, exporter),
                    rule_of(kCn, Verdict::Discouraged, importer)};
    const auto ruling = judge(regime, h20_to_china(), today());
    CHECK(ruling.admitted_share == std::min(exporter, importer));
    return ruling.gate;
  };
  CHECK(gate(1.0, 1.0) == Gate::None);
  CHECK(gate(0.5, 1.0) == Gate::Exporter);
  CHECK(gate(0.5, 0.75) == Gate::Exporter);
  CHECK(gate(1.0, 0.5) == Gate::Importer);
  CHECK(gate(0.0, 0.0) == Gate::Both);
  CHECK(gate(0.5, 0.5) == Gate::Both);
}

TEST_CASE("regime: a domestic shipment is judged once, as an import", "[policy][regime]") {
  Regime regime;
  regime.rules = {rule_of(kCn, Verdict::Discouraged, 0.25)};
  Shipment domestic = h20_to_china();
  domestic.from = domestic.exported_from = kCn;
  const auto ruling = judge(regime, domestic, today());
  CHECK(ruling.admitted_share == 0.25);
  CHECK(ruling.gate == Gate::Importer);
  CHECK_FALSE(ruling.exporter.rule);
  CHECK(ruling.exporter.verdict == Verdict::Free);
}

TEST_CASE("regime: a ruling names the figure behind its share", "[policy][regime]") {
  Regime regime;
  regime.rules = {rule_of(kUs, Verdict::CaseByCase, 0.5), rule_of(kUs, Verdict::CaseByCase, 0.25)};
  regime.rules[0].admitted_share.input = InputId{10};
  regime.rules[1].admitted_share.input = InputId{11};
  CHECK(regime.judge(kUs, h20_to_china(), today()).input == InputId{11});

  regime.exceptions = {license_of(RuleId{1}, 0.125, 0.0)};
  regime.exceptions[0].admitted_share.input = InputId{12};
  CHECK(regime.judge(kUs, h20_to_china(), today()).input == InputId{12});
}

TEST_CASE("regime: a government's rules bind at its own gate alone", "[policy][regime]") {
  Regime regime;
  regime.rules = {rule_of(kSg, Verdict::Prohibited, 0.0)};
  CHECK(judge(regime, h20_to_china(), today()).admitted_share == 1.0);
}

TEST_CASE("exception: softens its own rule only", "[policy][regime]") {
  Regime regime;
  regime.rules = {rule_of(kUs, Verdict::Informed, 0.0), rule_of(kUs, Verdict::Prohibited, 0.0)};
  regime.exceptions = {license_of(RuleId{0}, 1.0, 0.15)};
  CHECK(regime.judge(kUs, h20_to_china(), today()).rule == RuleId{1});
  CHECK(regime.judge(kUs, h20_to_china(), today()).admitted_share == 0.0);

  regime.rules.pop_back();
  const auto lifted = regime.judge(kUs, h20_to_china(), today());
  CHECK(lifted.rule == RuleId{0});
  CHECK(lifted.verdict == Verdict::Granted);
  CHECK(lifted.exception == ExceptionId{0});
  CHECK(lifted.admitted_share == 1.0);
  CHECK(lifted.revenue_share == 0.15);
}

TEST_CASE("exception: nothing without the rule that it softens", "[policy][regime]") {
  Regime regime;
  regime.rules = {rule_of(kUs, Verdict::Informed, 0.0)};
  regime.rules[0].item = bounded(Attribute::Tpp, Comparison::AtLeast, 5000);
  regime.exceptions = {license_of(RuleId{0}, 0.5, 0.15)};
  const auto ruling = regime.judge(kUs, h20_to_china(), today());
  CHECK(ruling.admitted_share == 1.0);
  CHECK(ruling.revenue_share == 0.0);
  CHECK_FALSE(ruling.exception);
}

TEST_CASE("exception: one that is not milder than its rule does nothing", "[policy][regime]") {
  Regime regime;
  regime.rules = {rule_of(kUs, Verdict::Notified, 0.5)};
  regime.exceptions = {license_of(RuleId{0}, 1.0, 0.0)};
  regime.exceptions[0].verdict = Verdict::CaseByCase;
  const auto ruling = regime.judge(kUs, h20_to_china(), today());
  CHECK(ruling.verdict == Verdict::Notified);
  CHECK(ruling.admitted_share == 0.5);
  CHECK_FALSE(ruling.exception);
}

TEST_CASE("exception: the mildest of several counts, then the widest, then the first",
          "[policy][regime]") {
  Regime regime;
  regime.rules = {rule_of(kUs, Verdict::PresumedDenial, 0.0)};
  regime.exceptions = {license_of(RuleId{0}, 1.0, 0.1), license_of(RuleId{0}, 0.25, 0.1),
                       license_of(RuleId{0}, 0.75, 0.2), license_of(RuleId{0}, 0.75, 0.3)};
  regime.exceptions[0].verdict = Verdict::CaseByCase;
  const auto ruling = regime.judge(kUs, h20_to_china(), today());
  CHECK(ruling.exception == ExceptionId{2});
  CHECK(ruling.admitted_share == 0.75);
  CHECK(ruling.revenue_share == 0.2);
}

TEST_CASE("charges: add up over rules and governments", "[policy][regime]") {
  Regime regime;
  regime.rules = {rule_of(kUs, Verdict::Informed, 0.0), rule_of(kUs, Verdict::CaseByCase, 0.0),
                  rule_of(kCn, Verdict::Discouraged, 0.0), rule_of(kUs, Verdict::Free, 1.0)};
  regime.rules[3].tariff_share.value = 0.25;
  regime.exceptions = {license_of(RuleId{0}, 1.0, 0.125), license_of(RuleId{1}, 0.5, 0.25),
                       license_of(RuleId{2}, 1.0, 0.0625)};
  const auto exporter = regime.judge(kUs, h20_to_china(), today());
  CHECK(exporter.revenue_share == 0.375);
  CHECK(exporter.tariff_share == 0.25);
  CHECK(judge(regime, h20_to_china(), today()).revenue_share == 0.6875);
}

TEST_CASE("charges: an exception to several rules charges once", "[policy][regime]") {
  Regime regime;
  regime.rules = {rule_of(kUs, Verdict::Informed, 0.0), rule_of(kUs, Verdict::CaseByCase, 0.0),
                  rule_of(kUs, Verdict::Informed, 0.0)};
  regime.exceptions = {license_of(RuleId{2}, 1.0, 0.25)};
  regime.exceptions[0].rules = {RuleId{2}, RuleId{0}};
  CHECK(regime.judge(kUs, h20_to_china(), today()).revenue_share == 0.25);
  regime.rules[2].item = bounded(Attribute::Tpp, Comparison::AtLeast, 5000);  // Not the H20.
  CHECK(regime.judge(kUs, h20_to_china(), today()).revenue_share == 0.25);
}

TEST_CASE("exception: stays named where a rule without one decides", "[policy][regime]") {
  Regime regime;
  regime.rules = {rule_of(kUs, Verdict::Informed, 0.0), rule_of(kUs, Verdict::Notified, 1.0)};
  regime.exceptions = {license_of(RuleId{0}, 1.0, 0.15)};
  const auto ruling = regime.judge(kUs, h20_to_china(), today());
  CHECK(ruling.rule == RuleId{1});
  CHECK(ruling.verdict == Verdict::Notified);
  CHECK(ruling.exception == ExceptionId{0});
  CHECK(ruling.revenue_share == 0.15);
}

TEST_CASE("review: the longest and the likeliest refusal of all rules and governments",
          "[policy][regime]") {
  Regime regime;
  regime.rules = {rule_of(kUs, Verdict::Notified, 1.0), rule_of(kUs, Verdict::CaseByCase, 0.5),
                  rule_of(kCn, Verdict::Notified, 1.0)};
  regime.rules[0].review.time.value = 25_days;
  regime.rules[1].review.refusal_probability.value = 0.75;
  regime.rules[2].review.time.value = 30_days;
  const auto exporter = regime.judge(kUs, h20_to_china(), today());
  CHECK(exporter.rule == RuleId{1});
  CHECK(exporter.wait == 25_days);
  CHECK(exporter.wait_rule == RuleId{0});
  CHECK(exporter.refusal_probability == 0.75);
  CHECK(judge(regime, h20_to_china(), today()).wait == 30_days);
  CHECK(judge(regime, h20_to_china(), today()).refusal_probability == 0.75);

  regime.exceptions = {license_of(RuleId{0}, 1.0, 0.0)};  // Given: nothing to wait for.
  CHECK(regime.judge(kUs, h20_to_china(), today()).wait == 0_s);
  CHECK_FALSE(regime.judge(kUs, h20_to_china(), today()).wait_rule);
}

TEST_CASE("two gates: a third country's rules bind the exporter's side where they reach",
          "[policy][regime]") {
  Regime regime;
  regime.rules = {rule_of(kSg, Verdict::Prohibited, 0.0)};
  Shipment by_way_of = h20_to_china();
  by_way_of.exported_from = kSg;
  const auto ruling = judge(regime, by_way_of, today());
  CHECK(ruling.exporter.government == kSg);
  CHECK(ruling.gate == Gate::Exporter);
  CHECK(strictest(ruling).verdict == Verdict::Prohibited);
}

TEST_CASE("succession: a rule ends when the one that supersedes it takes effect",
          "[policy][regime]") {
  Regime regime;
  regime.rules = {rule_of(kUs, Verdict::PresumedDenial, 0.0), rule_of(kUs, Verdict::Free, 1.0)};
  regime.rules[1].validity.effective = day("2025-04-01");
  regime.rules[1].supersedes = {RuleId{0}};
  Regime without = regime;
  without.rules[1].enabled = false;
  resolve_succession(regime);
  resolve_succession(without);
  const auto verdict = [](const Regime& r, const char* date) {
    return r.judge(kUs, h20_to_china(), day(date)).verdict;
  };
  CHECK(verdict(regime, "2025-03-31") == Verdict::PresumedDenial);
  CHECK(verdict(regime, "2025-04-01") == Verdict::Free);
  CHECK(verdict(without, "2025-04-01") == Verdict::PresumedDenial);  // It never came.
}

TEST_CASE("succession: does not prolong what ended before", "[policy][regime]") {
  Regime regime;
  regime.rules = {rule_of(kUs, Verdict::PresumedDenial, 0.0), rule_of(kUs, Verdict::Free, 1.0)};
  regime.rules[0].validity.ended = day("2025-02-01");
  regime.rules[1].validity.effective = day("2025-04-01");
  regime.rules[1].supersedes = {RuleId{0}};
  resolve_succession(regime);
  CHECK(regime.rules[0].validity.ended == day("2025-02-01"));
}

// Org 0 is listed from March on, org 1 belongs to it by half, org 2 by less.
TEST_CASE("ownership: affiliates of the listed are caught while both rules hold",
          "[policy][regime]") {
  Regime regime;
  regime.rules = {rule_of(kUs, Verdict::PresumedDenial, 0.0),
                  rule_of(kUs, Verdict::PresumedDenial, 0.0)};
  regime.rules[0].lists_parties = true;
  regime.rules[0].buyer.orgs = {OrgId{0}};
  regime.rules[0].validity = {day("2025-03-01"), day("2025-05-01"), {}};
  regime.rules[1].buyer.owned_by_listed_at_least = 0.5;
  regime.rules[1].validity = {day("2025-01-01"), {}, {{day("2025-04-01"), day("2025-04-15")}}};
  resolve_ownership(regime, {{OrgId{0}, OrgId{1}, 0.5}, {OrgId{0}, OrgId{2}, 0.49}}, 3);
  const auto caught = [&](OrgId org, const char* date) {
    Shipment shipment = h20_to_china();
    shipment.buyer.org = org;
    return regime.judge(kUs, shipment, day(date)).verdict == Verdict::PresumedDenial;
  };
  CHECK_FALSE(caught(OrgId{1}, "2025-02-28"));
  CHECK(caught(OrgId{1}, "2025-03-01"));
  CHECK_FALSE(caught(OrgId{2}, "2025-03-01"));
  CHECK(caught(OrgId{0}, "2025-03-01"));
  CHECK_FALSE(caught(OrgId{1}, "2025-04-01"));
  CHECK(caught(OrgId{1}, "2025-04-30"));
  CHECK_FALSE(caught(OrgId{1}, "2025-05-01"));
}

TEST_CASE("admitted units: whole, exact at 0 and 1, never more than asked", "[policy][regime]") {
  CHECK(admitted_units(12'345.5, 1.0) == 12'345.5);
  CHECK(admitted_units(12'345.5, 0.0) == 0.0);
  CHECK(admitted_units(100, 0.999) == 99);
  CHECK(admitted_units(3, 0.5) == 1);
  for (int asked = 0; asked < 400; ++asked) {
    for (int percent = 0; percent <= 100; ++percent) {
      const double units = admitted_units(asked, percent / 100.0);
      REQUIRE(units == asked * percent / 100);  // In integers: what is meant.
      REQUIRE(units <= asked);
    }
  }
}

}  // namespace
}  // namespace chokepoint
