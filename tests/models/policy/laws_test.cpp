#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "tests/models/policy/random_policy.hpp"

namespace chokepoint {
namespace {

// The same regime with its rules in another order; `order[i]` is the old place of the new rule i.
Regime reordered(const Regime& regime, const std::vector<std::uint32_t>& order) {
  Regime result = regime;
  std::vector<std::uint32_t> place(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    result.rules[i] = regime.rules[order[i]];
    place[order[i]] = i;
  }
  for (Exception& exception : result.exceptions) {
    for (RuleId& rule : exception.rules) rule = RuleId{place[rule.value]};
  }
  return result;
}

// Everything a ruling says but which of equally strict rules says it.
void require_same(const Ruling& a, const Ruling& b) {
  RC_ASSERT(a.verdict == b.verdict);
  RC_ASSERT(a.admitted_share == b.admitted_share);
  RC_ASSERT(a.refusal_probability == b.refusal_probability);
  RC_ASSERT(a.wait == b.wait);
  RC_ASSERT(a.revenue_share == b.revenue_share);
  RC_ASSERT(a.tariff_share == b.tariff_share);
  RC_ASSERT(a.rule.has_value() == b.rule.has_value());
  RC_ASSERT(a.exception.has_value() == b.exception.has_value());
}

void require_not_freer(const Ruling& before, const Ruling& after) {
  RC_ASSERT(after.verdict >= before.verdict);
  RC_ASSERT(after.admitted_share <= before.admitted_share);
  RC_ASSERT(after.refusal_probability >= before.refusal_probability);
  RC_ASSERT(after.wait >= before.wait);
  RC_ASSERT(after.revenue_share >= before.revenue_share);
  RC_ASSERT(after.tariff_share >= before.tariff_share);
}

TEST_CASE("law: the order of rules never matters", "[policy][law]") {
  CHECK(rc::check([] {
    const Regime regime = any::regime();
    std::vector<std::uint32_t> order(regime.rules.size());
    std::iota(order.begin(), order.end(), 0U);
    for (std::size_t i = order.size(); i > 1; --i) {
      std::swap(order[i - 1], order[*rc::gen::inRange<std::size_t>(0, i)]);
    }
    const Shipment shipment = any::shipment();
    const Date date = any::date();
    const auto a = judge(regime, shipment, date);
    const auto b = judge(reordered(regime, order), shipment, date);
    require_same(a.exporter, b.exporter);
    require_same(a.importer, b.importer);
    RC_ASSERT(a.gate == b.gate);
  }));
}

// One that supersedes others may free what they held: that is what superseding is.
TEST_CASE("law: one more rule that supersedes nothing never frees anything", "[policy][law]") {
  CHECK(rc::check([] {
    Regime regime = any::regime();
    const Shipment shipment = any::shipment();
    const Date date = any::date();
    const auto before = judge(regime, shipment, date);
    regime.rules.push_back(any::rule());
    const auto after = judge(regime, shipment, date);
    require_not_freer(before.exporter, after.exporter);
    require_not_freer(before.importer, after.importer);
    RC_ASSERT(after.admitted_share <= before.admitted_share);
    RC_CLASSIFY(after.admitted_share < before.admitted_share, "tightened");
  }));
}

TEST_CASE("law: one more exception never makes a verdict more severe", "[policy][law]") {
  CHECK(rc::check([] {
    Regime regime = any::regime();
    const Shipment shipment = any::shipment();
    const Date date = any::date();
    const auto before = judge(regime, shipment, date);
    regime.exceptions.push_back(any::exception(static_cast<std::uint32_t>(regime.rules.size())));
    const auto after = judge(regime, shipment, date);
    RC_ASSERT(after.exporter.verdict <= before.exporter.verdict);
    RC_ASSERT(after.importer.verdict <= before.importer.verdict);
    RC_CLASSIFY(after.exporter.verdict < before.exporter.verdict, "softened");
  }));
}

TEST_CASE("law: a ruling does not depend on what else was asked", "[policy][law]") {
  CHECK(rc::check([] {
    const Regime regime = any::regime();
    const Shipment first = any::shipment();
    const Shipment second = any::shipment();
    const Date date = any::date();
    const auto alone = judge(regime, first, date);
    judge(regime, second, date);
    const auto again = judge(regime, first, date);
    require_same(alone.exporter, again.exporter);
    require_same(alone.importer, again.importer);
    RC_ASSERT(alone.exporter.rule == again.exporter.rule);
  }));
}

TEST_CASE("law: two gates say what each government says alone", "[policy][law]") {
  CHECK(rc::check([] {
    const Regime regime = any::regime();
    const Shipment shipment = any::shipment();
    const Date date = any::date();
    const auto both = judge(regime, shipment, date);
    require_same(both.importer, regime.judge(shipment.to, shipment, date));
    for (const Country government : {kUs, kCn, kSg}) {
      if (government == shipment.to) continue;
      const Ruling alone = regime.judge(government, shipment, date);
      RC_ASSERT(both.exporter.verdict >= alone.verdict);
      RC_ASSERT(both.exporter.admitted_share <= alone.admitted_share);
    }
    RC_ASSERT(both.admitted_share ==
              std::min(both.exporter.admitted_share, both.importer.admitted_share));
  }));
}

TEST_CASE("law: closing either gate makes opening the other worthless", "[policy][law]") {
  CHECK(rc::check([] {
    Regime regime = any::regime();
    Shipment shipment = any::shipment();
    shipment.item.category = Category::Chip;
    shipment.state = ShipmentState::Offered;
    const bool at_home = *rc::gen::inRange(0, 2) == 0;
    Rule closed;
    closed.government = at_home ? shipment.from : shipment.to;
    closed.validity.effective = day("2025-01-01");
    closed.verdict = Verdict::Prohibited;
    closed.admitted_share.value = 0.0;
    regime.rules.push_back(closed);
    RC_ASSERT(judge(regime, shipment, any::date()).admitted_share == 0.0);
  }));
}

TEST_CASE("law: a bound and its opposite never both hold, and one does where the number is known",
          "[policy][law]") {
  CHECK(rc::check([] {
    const Item item = any::item();
    const Attribute attribute = any::attribute();
    const double threshold = any::number();
    const auto is = [&](Comparison c) { return holds({attribute, c, threshold}, item.attributes); };
    const bool known = value_of(attribute, item).has_value();
    RC_ASSERT((is(Comparison::AtLeast) != is(Comparison::Below)) == known);
    RC_ASSERT((is(Comparison::AtMost) != is(Comparison::Above)) == known);
    RC_ASSERT((is(Comparison::AtLeast) && is(Comparison::AtMost)) ==
              (known && *value_of(attribute, item) == threshold));
  }));
}

TEST_CASE("law: a higher threshold never catches more", "[policy][law]") {
  CHECK(rc::check([] {
    const Item item = any::item();
    const Attribute attribute = any::attribute();
    const double a = any::number();
    const double b = any::number();
    const bool by_low = holds({attribute, Comparison::AtLeast, std::min(a, b)}, item.attributes);
    const bool by_high = holds({attribute, Comparison::AtLeast, std::max(a, b)}, item.attributes);
    RC_ASSERT(by_low || !by_high);
  }));
}

TEST_CASE("law: the reasons of a predicate all hold exactly where it matches", "[policy][law]") {
  CHECK(rc::check([] {
    const Predicate predicate = any::predicate();
    const Item item = any::item();
    RC_ASSERT(all_hold(reasons(predicate, item)) == matches(predicate, item));
  }));
}

// A branch holds where its own reasons do; one of AnyOf is enough, and none of NoneOf may hold.
bool agree_with_their_branches(const std::vector<Reason>& reasons) {
  return std::all_of(reasons.begin(), reasons.end(), [](const Reason& reason) {
    const auto& below = reason.branches;
    const bool any = std::any_of(below.begin(), below.end(), [](const auto& r) { return r.holds; });
    const bool holds = reason.kind == Condition::Kind::AnyOf    ? any
                       : reason.kind == Condition::Kind::NoneOf ? !any
                                                                : all_hold(below);
    return (below.empty() || holds == reason.holds) && agree_with_their_branches(below);
  });
}

TEST_CASE("law: the reasons of a rule and of an exception all hold exactly where it applies",
          "[policy][law]") {
  CHECK(rc::check([] {
    const Rule rule = any::rule();
    const Shipment shipment = any::shipment();
    const Date date = any::date();
    const auto why = reasons(rule, shipment, date);
    RC_ASSERT(all_hold(why) == applies(rule, shipment, date));
    RC_ASSERT(agree_with_their_branches(why));
    if (applies(rule, shipment, date)) RC_ASSERT(is_in_question(rule, shipment, date));
    const Exception exception = any::exception(2);
    const auto softened = reasons(exception, RuleId{0}, shipment, date);
    RC_ASSERT(all_hold(softened) == applies(exception, RuleId{0}, shipment, date));
    RC_ASSERT(agree_with_their_branches(softened));
  }));
}

// A shipper asks again and again, for as much as it likes, from any of three consignees.
TEST_CASE("law: a quota is never below zero and never spent twice", "[policy][law]") {
  CHECK(rc::check([] {
    Quota quota;
    quota.rule = RuleId{0};
    quota.amount.value = *rc::gen::inRange(0, 1000);
    quota.measure = any::coin(2) ? Measure::Tpp : Measure::Units;
    quota.per_consignee = any::coin(2);
    const std::vector<Quota> quotas = {quota};
    QuotaLedger ledger(quotas);
    const double tpp = *rc::gen::inRange(1, 50);
    std::vector<double> drawn(3, 0.0);
    for (int i = 0; i < 20; ++i) {
      QuotaRequest request;
      const auto who = *rc::gen::inRange(0U, 3U);
      request.consignee = OrgId{who};
      request.tpp = tpp;
      const double left = ledger.available(QuotaId{0}, request, today());
      RC_ASSERT(left >= 0.0);
      const double taken = std::min<double>(left, *rc::gen::inRange(0, 300));
      ledger.draw({QuotaId{0}}, request, today(), taken);
      RC_ASSERT(ledger.available(QuotaId{0}, request, today()) == left - taken);
      drawn[who] += taken;
    }
    const double each = quota.measure == Measure::Tpp ? tpp : 1.0;
    const double all = std::accumulate(drawn.begin(), drawn.end(), 0.0);
    const double most = *std::max_element(drawn.begin(), drawn.end());
    RC_ASSERT((quota.per_consignee ? most : all) * each <= quota.amount.value);
  }));
}

}  // namespace
}  // namespace chokepoint
