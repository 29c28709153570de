#include "models/policy/regime.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {
namespace {

// Of the exceptions to `rule` that apply and are milder than it: the mildest, then that which
// admits most, then the first. None where there is none.
const Exception* best_exception(const Regime& regime, RuleId id, const Shipment& shipment,
                                Date date) {
  const Exception* best = nullptr;
  Verdict mildest = regime.rules[id.value].verdict;
  for (const auto& exception : regime.exceptions) {
    const bool better = exception.verdict < mildest ||
                        (best != nullptr && exception.verdict == mildest &&
                         exception.admitted_share.value > best->admitted_share.value);
    if (!better || !applies(exception, id, shipment, date)) continue;
    best = &exception;
    mildest = exception.verdict;
  }
  return best;
}

// True where `exception` softens no rule before `id` of those that it names: what it charges is
// charged once, however many rules it softens.
bool charges_here(const Regime& regime, const Exception& exception, RuleId id,
                  const Shipment& shipment, Date date) {
  for (const RuleId rule : exception.rules) {
    if (rule == id) return true;
    if (applies(regime.rules[rule.value], shipment, date) &&
        best_exception(regime, rule, shipment, date) == &exception) {
      return false;
    }
  }
  return true;
}

// What all rules so far say, and what the one that decides admits by itself.
struct Joint {
  Ruling ruling;
  double deciding_share = 1.0;
};

bool is_stricter(const Ruling& next, const Joint& joint) {
  if (!joint.ruling.rule || next.verdict != joint.ruling.verdict) {
    return !joint.ruling.rule || next.verdict > joint.ruling.verdict;
  }
  return next.admitted_share < joint.deciding_share;
}

void take_share(Ruling& ruling, const Ruling& next) {
  if (next.admitted_share >= ruling.admitted_share) return;
  ruling.admitted_share = next.admitted_share;
  ruling.limiting_rule = next.limiting_rule;
  ruling.input = next.input;
}

void take_wait(Ruling& ruling, const Ruling& next) {
  if (next.wait <= ruling.wait) return;
  ruling.wait = next.wait;
  ruling.wait_rule = next.wait_rule;
  ruling.wait_exception = next.wait_exception;
}

// What limits, must be paid and waited for comes from all rules alike.
void join(Joint& joint, const Ruling& next) {
  Ruling& ruling = joint.ruling;
  const bool decides = is_stricter(next, joint);
  if (!ruling.rule && next.admitted_share == 1.0) ruling.input = next.input;
  take_share(ruling, next);
  take_wait(ruling, next);
  ruling.refusal_probability = std::max(ruling.refusal_probability, next.refusal_probability);
  ruling.revenue_share += next.revenue_share;
  ruling.tariff_share += next.tariff_share;
  if (decides) {
    joint.deciding_share = next.admitted_share;
    ruling.verdict = next.verdict;
    ruling.rule = next.rule;
    ruling.government = next.government;
    if (next.exception) ruling.exception = next.exception;
  } else if (!ruling.exception) {
    ruling.exception = next.exception;
  }
}

Gate gate_of(double exporter_share, double importer_share) {
  if (exporter_share < importer_share) return Gate::Exporter;
  if (importer_share < exporter_share) return Gate::Importer;
  return exporter_share < 1.0 ? Gate::Both : Gate::None;
}

// Dates on which the set of parties that `government` lists may change, in order.
std::vector<Date> listing_dates(const Regime& regime, Country government) {
  std::vector<Date> dates;
  for (const Rule& rule : regime.rules) {
    if (!rule.lists_parties || rule.government != government) continue;
    const auto days = days_of_change(rule.validity);
    dates.insert(dates.end(), days.begin(), days.end());
  }
  std::ranges::sort(dates);
  dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
  return dates;
}

std::vector<OrgId> listed_on(const Regime& regime, Country government, Date date) {
  std::vector<OrgId> orgs;
  for (const Rule& rule : regime.rules) {
    if (!rule.enabled || !rule.lists_parties || rule.government != government) continue;
    if (!rule.validity.holds_on(date)) continue;
    orgs.insert(orgs.end(), rule.buyer.orgs.begin(), rule.buyer.orgs.end());
  }
  return orgs;
}

}  // namespace

Ruling Regime::judge(Country government, const Shipment& shipment, Date date) const {
  Joint joint;
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    if (rules[i].government != government || !applies(rules[i], shipment, date)) continue;
    join(joint, judge(RuleId{i}, shipment, date));
  }
  return joint.ruling;
}

Ruling Regime::judge(RuleId id, const Shipment& shipment, Date date) const {
  const Rule& rule = rules[id.value];
  const Exception* exception = best_exception(*this, id, shipment, date);
  const auto& share = exception ? exception->admitted_share : rule.admitted_share;
  const Review& review = exception ? exception->review : rule.review;

  Ruling ruling;
  ruling.rule = id;
  ruling.government = rule.government;
  ruling.verdict = exception ? exception->verdict : rule.verdict;
  ruling.admitted_share = share.value;
  ruling.input = share.input;
  if (share.value < 1.0) ruling.limiting_rule = id;
  ruling.refusal_probability = review.refusal_probability.value;
  ruling.wait = review.time.value;
  if (ruling.wait > Seconds{}) ruling.wait_rule = id;
  ruling.tariff_share = rule.tariff_share.value;
  if (exception == nullptr) return ruling;
  ruling.exception = ExceptionId{static_cast<std::uint32_t>(exception - exceptions.data())};
  if (ruling.wait_rule) ruling.wait_exception = ruling.exception;
  if (exception->revenue_share.value > 0.0 && charges_here(*this, *exception, id, shipment, date)) {
    ruling.revenue_share = exception->revenue_share.value;
  }
  return ruling;
}

std::vector<QuotaId> Regime::quotas_of(std::span<const RuleId> about, const Shipment& shipment,
                                       Date date) const {
  if (quotas.empty()) return {};
  std::vector<bool> counts(quotas.size(), false);
  for (const RuleId id : about) {
    if (!applies(rules[id.value], shipment, date)) continue;
    const auto exception = judge(id, shipment, date).exception;
    for (std::size_t i = 0; i < quotas.size(); ++i) {
      const Quota& quota = quotas[i];
      if (quota.rule == id || (exception && quota.exception == exception)) counts[i] = true;
    }
  }
  std::vector<QuotaId> result;
  for (std::uint32_t i = 0; i < quotas.size(); ++i) {
    if (counts[i]) result.push_back(QuotaId{i});
  }
  return result;
}

void resolve_succession(Regime& regime) {
  for (const Rule& rule : regime.rules) {
    if (!rule.enabled) continue;
    for (const RuleId id : rule.supersedes) {
      auto& ended = regime.rules[id.value].validity.ended;
      if (!ended || rule.validity.effective < *ended) ended = rule.validity.effective;
    }
  }
}

void resolve_ownership(Regime& regime, const std::vector<Stake>& stakes, std::size_t orgs) {
  for (Rule& rule : regime.rules) {
    if (!rule.buyer.owned_by_listed_at_least) continue;
    rule.buyer.owned.clear();
    for (const Date date : listing_dates(regime, rule.government)) {
      rule.buyer.owned.push_back(
          {date, owned_by(stakes, orgs, listed_on(regime, rule.government, date),
                          *rule.buyer.owned_by_listed_at_least)});
    }
  }
}

std::vector<RuleId> rules_about(const Regime& regime, const Item& item) {
  std::vector<RuleId> about;
  for (std::uint32_t i = 0; i < regime.rules.size(); ++i) {
    if (is_about(regime.rules[i], item)) about.push_back(RuleId{i});
  }
  return about;
}

TwoGateRuling judge(const Regime& regime, const Shipment& shipment, Date date) {
  return judge(regime, rules_about(regime, shipment.item), shipment, date);
}

TwoGateRuling judge(const Regime& regime, std::span<const RuleId> about, const Shipment& shipment,
                    Date date) {
  Joint exporter, importer;
  for (const RuleId id : about) {
    const Rule& rule = regime.rules[id.value];
    if (!applies(rule, shipment, date)) continue;
    join(rule.government == shipment.to ? importer : exporter, regime.judge(id, shipment, date));
  }
  TwoGateRuling both;
  const Ruling& out = both.exporter = exporter.ruling;
  const Ruling& in = both.importer = importer.ruling;
  both.admitted_share = std::min(out.admitted_share, in.admitted_share);
  both.gate = gate_of(out.admitted_share, in.admitted_share);
  both.revenue_share = out.revenue_share + out.tariff_share + in.revenue_share + in.tariff_share;
  both.refusal_probability = std::max(out.refusal_probability, in.refusal_probability);
  both.wait = std::max(out.wait, in.wait);
  return both;
}

const Ruling& strictest(const TwoGateRuling& ruling) {
  const Ruling& out = ruling.exporter;
  const Ruling& in = ruling.importer;
  if (in.verdict != out.verdict) return in.verdict > out.verdict ? in : out;
  return in.admitted_share < out.admitted_share ? in : out;
}

double admitted_units(double asked, double share) {
  assert(asked >= 0.0 && 0.0 <= share && share <= 1.0);
  constexpr double kRounding = 1e-12;
  if (share == 1.0) return asked;
  return std::min(asked, std::floor(asked * share * (1.0 + kRounding)));
}

}  // namespace chokepoint
