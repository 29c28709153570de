#include "models/policy/regime.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {
namespace {

// The license under `rule` that grants the most; the first of several. None where none applies.
const License* best_license(const std::vector<License>& licenses, RuleId rule,
                            const Shipment& shipment, Date date) {
  const License* best = nullptr;
  for (const auto& license : licenses) {
    if (!applies(license, rule, shipment, date)) continue;
    if (best == nullptr || license.granted_share.value > best->granted_share.value) {
      best = &license;
    }
  }
  return best;
}

// What one rule that applies says, its license counted in.
Ruling ruling_of(const Regime& regime, RuleId id, const Shipment& shipment, Date date) {
  Ruling ruling;
  ruling.rule = id;
  if (const License* license = best_license(regime.licenses, id, shipment, date)) {
    ruling.license = LicenseId{static_cast<std::uint32_t>(license - regime.licenses.data())};
    ruling.admitted_share = license->granted_share.value;
    ruling.revenue_share = license->revenue_share.value;
    ruling.input = license->granted_share.input;
    return ruling;
  }
  const Rule& rule = regime.rules[id.value];
  ruling.verdict = rule.verdict;
  ruling.admitted_share = rule.admitted_share.value;
  ruling.notice = rule.notice;
  if (rule.notice > Seconds{}) ruling.notice_rule = id;
  ruling.input = rule.admitted_share.input;
  return ruling;
}

bool is_stricter(const Ruling& a, const Ruling& b) {
  if (a.admitted_share != b.admitted_share) return a.admitted_share < b.admitted_share;
  return a.verdict > b.verdict;
}

// `ruling` is the strictest so far. What must be paid and waited for comes from all rules alike.
void join(Ruling& ruling, const Ruling& next) {
  const double revenue_share = ruling.revenue_share + next.revenue_share;
  const Seconds notice = std::max(ruling.notice, next.notice);
  const auto notice_rule = next.notice > ruling.notice ? next.notice_rule : ruling.notice_rule;
  const auto license = ruling.license ? ruling.license : next.license;
  if (!ruling.rule || is_stricter(next, ruling)) ruling = next;
  ruling.revenue_share = revenue_share;
  ruling.notice = notice;
  ruling.notice_rule = notice_rule;
  if (!ruling.license) ruling.license = license;
}

Gate gate_of(double exporter_share, double importer_share) {
  if (exporter_share < importer_share) return Gate::Exporter;
  if (importer_share < exporter_share) return Gate::Importer;
  return exporter_share < 1.0 ? Gate::Both : Gate::None;
}

}  // namespace

Ruling Regime::judge(Country government, const Shipment& shipment, Date date) const {
  Ruling result;
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    if (rules[i].government != government || !applies(rules[i], shipment, date)) continue;
    join(result, ruling_of(*this, RuleId{i}, shipment, date));
  }
  return result;
}

TwoGateRuling judge(const Regime& regime, const Shipment& shipment, Date date) {
  TwoGateRuling both;
  if (shipment.from != shipment.to) both.exporter = regime.judge(shipment.from, shipment, date);
  both.importer = regime.judge(shipment.to, shipment, date);
  both.admitted_share = std::min(both.exporter.admitted_share, both.importer.admitted_share);
  both.gate = gate_of(both.exporter.admitted_share, both.importer.admitted_share);
  both.revenue_share = both.exporter.revenue_share + both.importer.revenue_share;
  both.notice = std::max(both.exporter.notice, both.importer.notice);
  return both;
}

double admitted_units(double asked, double share) {
  assert(asked >= 0.0 && 0.0 <= share && share <= 1.0);
  constexpr double kRounding = 1e-12;
  if (share == 1.0) return asked;
  return std::min(asked, std::floor(asked * share * (1.0 + kRounding)));
}

}  // namespace chokepoint
