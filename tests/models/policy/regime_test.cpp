#include "models/policy/regime.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "tests/models/policy/shipments.hpp"

namespace chokepoint {
namespace {

using Draw = std::mt19937_64;

int below(Draw& draw, int n) {
  return static_cast<int>(draw() % static_cast<unsigned>(n));
}

// Shares are multiples of 1/64, so that sums of them are exact in any order.
double share(Draw& draw) {
  return below(draw, 65) / 64.0;
}

Rule any_rule(Draw& draw) {
  Rule rule = rule_of(below(draw, 2) == 0 ? kUs : kCn, static_cast<Verdict>(below(draw, 7)),
                      below(draw, 3) == 0 ? 1.0 : share(draw));
  if (rule.verdict == Verdict::Notified) rule.notice = below(draw, 60) * 1_days;
  if (below(draw, 4) == 0) rule.item.tpp_at_least = 5000;  // Does not cover the H20.
  if (below(draw, 4) == 0) rule.destinations = {below(draw, 2) == 0 ? kCn : kSg};
  return rule;
}

Regime any_regime(Draw& draw) {
  Regime regime;
  const int rules = below(draw, 8);
  for (int i = 0; i < rules; ++i) regime.rules.push_back(any_rule(draw));
  for (int i = 0; rules > 0 && i < below(draw, 5); ++i) {
    const RuleId rule{static_cast<std::uint32_t>(below(draw, rules))};
    regime.licenses.push_back(license_of(rule, share(draw), share(draw)));
  }
  return regime;
}

// The same regime with its rules in another order.
Regime shuffled(const Regime& regime, Draw& draw) {
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < regime.rules.size(); ++i) order.push_back(i);
  for (std::size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[static_cast<std::size_t>(below(draw, static_cast<int>(i)))]);
  }
  Regime result;
  for (const auto i : order) result.rules.push_back(regime.rules[i]);
  for (License license : regime.licenses) {
    const auto at = std::find(order.begin(), order.end(), license.rule.value);
    license.rule = RuleId{static_cast<std::uint32_t>(at - order.begin())};
    result.licenses.push_back(license);
  }
  return result;
}

TEST_CASE("regime: without rules everything is free", "[policy][regime]") {
  const auto ruling = judge(Regime{}, h20_to_china(), today());
  CHECK(ruling.admitted_share == 1.0);
  CHECK(ruling.gate == Gate::None);
  CHECK(ruling.revenue_share == 0.0);
  CHECK(ruling.notice == 0_s);
  CHECK_FALSE(ruling.exporter.rule);
  CHECK_FALSE(ruling.importer.rule);
}

TEST_CASE("regime: the least share wins, then the most severe verdict, then the first rule",
          "[policy][regime]") {
  Regime regime;
  regime.rules = {rule_of(kUs, Verdict::Prohibited, 0.5), rule_of(kUs, Verdict::Discouraged, 0.2),
                  rule_of(kUs, Verdict::CaseByCase, 0.2), rule_of(kUs, Verdict::CaseByCase, 0.2)};
  const auto ruling = regime.judge(kUs, h20_to_china(), today());
  CHECK(ruling.rule == RuleId{2});
  CHECK(ruling.verdict == Verdict::CaseByCase);
  CHECK(ruling.admitted_share == 0.2);
}

TEST_CASE("regime: the order of rules never matters", "[policy][regime]") {
  Draw draw{20251001};
  for (int i = 0; i < 2000; ++i) {
    const Regime regime = any_regime(draw);
    const Regime other = shuffled(regime, draw);
    for (const Country government : {kUs, kCn}) {
      const Ruling a = regime.judge(government, h20_to_china(), today());
      const Ruling b = other.judge(government, h20_to_china(), today());
      REQUIRE(a.admitted_share == b.admitted_share);
      REQUIRE(a.verdict == b.verdict);
      REQUIRE(a.revenue_share == b.revenue_share);
      REQUIRE(a.notice == b.notice);
      REQUIRE(a.license.has_value() == b.license.has_value());
    }
  }
}

TEST_CASE("regime: one more rule never frees anything", "[policy][regime]") {
  Draw draw{20221007};
  int tightened = 0;
  for (int i = 0; i < 2000; ++i) {
    Regime regime = any_regime(draw);
    const auto before = judge(regime, h20_to_china(), today());
    regime.rules.push_back(any_rule(draw));
    const auto after = judge(regime, h20_to_china(), today());
    REQUIRE(after.admitted_share <= before.admitted_share);
    REQUIRE(after.notice >= before.notice);
    REQUIRE(after.revenue_share >= before.revenue_share);
    if (after.admitted_share < before.admitted_share) ++tightened;
  }
  CHECK(tightened > 100);  // The law was put to the test.
}

TEST_CASE("regime: closing either gate makes opening the other worthless", "[policy][regime]") {
  Draw draw{20250409};
  for (const Country closed : {kUs, kCn}) {
    for (int i = 0; i < 500; ++i) {
      Regime regime = any_regime(draw);
      std::vector<Rule> of_closed = {rule_of(closed, Verdict::Prohibited, 0.0)};
      for (const auto& rule : regime.rules) {
        if (rule.government != closed) of_closed.push_back(rule);
      }
      regime.rules = of_closed;
      regime.licenses.clear();
      REQUIRE(judge(regime, h20_to_china(), today()).admitted_share == 0.0);

      Regime other_open;
      other_open.rules = {of_closed.front()};
      REQUIRE(judge(other_open, h20_to_china(), today()).admitted_share == 0.0);
    }
  }
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
  domestic.from = kCn;
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

  regime.licenses = {license_of(RuleId{1}, 0.125, 0.0)};
  regime.licenses[0].granted_share.input = InputId{12};
  CHECK(regime.judge(kUs, h20_to_china(), today()).input == InputId{12});
}

TEST_CASE("regime: a government's rules bind at its own gate alone", "[policy][regime]") {
  Regime regime;
  regime.rules = {rule_of(kSg, Verdict::Prohibited, 0.0)};
  CHECK(judge(regime, h20_to_china(), today()).admitted_share == 1.0);
}

TEST_CASE("license: lifts its own rule only", "[policy][regime]") {
  Regime regime;
  regime.rules = {rule_of(kUs, Verdict::Informed, 0.0), rule_of(kUs, Verdict::Prohibited, 0.0)};
  regime.licenses = {license_of(RuleId{0}, 1.0, 0.15)};
  CHECK(regime.judge(kUs, h20_to_china(), today()).rule == RuleId{1});
  CHECK(regime.judge(kUs, h20_to_china(), today()).admitted_share == 0.0);

  regime.rules.pop_back();
  const auto lifted = regime.judge(kUs, h20_to_china(), today());
  CHECK(lifted.rule == RuleId{0});
  CHECK(lifted.verdict == Verdict::Free);
  CHECK(lifted.license == LicenseId{0});
  CHECK(lifted.admitted_share == 1.0);
  CHECK(lifted.revenue_share == 0.15);
}

TEST_CASE("license: nothing without the rule that it lifts", "[policy][regime]") {
  Regime regime;
  regime.rules = {rule_of(kUs, Verdict::Informed, 0.0)};
  regime.rules[0].item.tpp_at_least = 5000;  // Does not cover the H20.
  regime.licenses = {license_of(RuleId{0}, 0.5, 0.15)};
  const auto ruling = regime.judge(kUs, h20_to_china(), today());
  CHECK(ruling.admitted_share == 1.0);
  CHECK(ruling.revenue_share == 0.0);
  CHECK_FALSE(ruling.license);
}

TEST_CASE("license: the widest of several under one rule counts, then the first",
          "[policy][regime]") {
  Regime regime;
  regime.rules = {rule_of(kUs, Verdict::Informed, 0.0)};
  regime.licenses = {license_of(RuleId{0}, 0.25, 0.1), license_of(RuleId{0}, 0.75, 0.2),
                     license_of(RuleId{0}, 0.75, 0.3)};
  const auto ruling = regime.judge(kUs, h20_to_china(), today());
  CHECK(ruling.license == LicenseId{1});
  CHECK(ruling.admitted_share == 0.75);
  CHECK(ruling.revenue_share == 0.2);
}

TEST_CASE("license: shares of revenue add up over rules and governments", "[policy][regime]") {
  Regime regime;
  regime.rules = {rule_of(kUs, Verdict::Informed, 0.0), rule_of(kUs, Verdict::CaseByCase, 0.0),
                  rule_of(kCn, Verdict::Discouraged, 0.0)};
  regime.licenses = {license_of(RuleId{0}, 1.0, 0.125), license_of(RuleId{1}, 0.5, 0.25),
                     license_of(RuleId{2}, 1.0, 0.0625)};
  CHECK(regime.judge(kUs, h20_to_china(), today()).revenue_share == 0.375);
  CHECK(judge(regime, h20_to_china(), today()).revenue_share == 0.4375);
}

TEST_CASE("license: stays named where a rule without one decides", "[policy][regime]") {
  Regime regime;
  regime.rules = {rule_of(kUs, Verdict::Informed, 0.0), rule_of(kUs, Verdict::Notified, 1.0)};
  regime.licenses = {license_of(RuleId{0}, 1.0, 0.15)};
  const auto ruling = regime.judge(kUs, h20_to_china(), today());
  CHECK(ruling.rule == RuleId{1});
  CHECK(ruling.verdict == Verdict::Notified);
  CHECK(ruling.license == LicenseId{0});
  CHECK(ruling.revenue_share == 0.15);
}

TEST_CASE("notice: the longest of all rules and governments", "[policy][regime]") {
  Regime regime;
  regime.rules = {rule_of(kUs, Verdict::Notified, 1.0), rule_of(kUs, Verdict::CaseByCase, 0.5),
                  rule_of(kCn, Verdict::Notified, 1.0)};
  regime.rules[0].notice = 25_days;
  regime.rules[2].notice = 30_days;
  const auto exporter = regime.judge(kUs, h20_to_china(), today());
  CHECK(exporter.rule == RuleId{1});
  CHECK(exporter.notice == 25_days);
  CHECK(exporter.notice_rule == RuleId{0});
  regime.licenses = {license_of(RuleId{0}, 1.0, 0.0)};  // Nothing to wait for under a license.
  CHECK(regime.judge(kUs, h20_to_china(), today()).notice == 0_s);
  CHECK_FALSE(regime.judge(kUs, h20_to_china(), today()).notice_rule);
  regime.licenses.clear();
  CHECK(judge(regime, h20_to_china(), today()).notice == 30_days);
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
