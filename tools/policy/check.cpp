#include "tools/policy/check.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

void add_once(std::vector<Country>& countries, Country country) {
  if (std::ranges::find(countries, country) == countries.end()) {
    countries.push_back(country);
  }
}

std::vector<Country> governments_of(const Regime& regime, const Shipment& shipment, Date date) {
  std::vector<Country> result;
  for (const Country country : {shipment.from, shipment.exported_from, shipment.to}) {
    add_once(result, country);
  }
  for (const Rule& rule : regime.rules) {
    if (is_in_question(rule, shipment, date)) add_once(result, rule.government);
  }
  return result;
}

std::string role_of(Country government, const Shipment& shipment) {
  const bool sells = government == shipment.from;
  const bool exports = government == shipment.exported_from;
  const bool imports = government == shipment.to;
  if (imports) return sells || exports ? "at home" : "where it goes";
  if (sells && exports) return "where it comes from";
  if (sells) return "the vendor's home";
  if (exports) return "where it leaves from";
  return "with rules that reach abroad";
}

std::vector<ExceptionCheck> check_exceptions(const PolicyBook& book, RuleId rule,
                                             const Shipment& shipment, Date date) {
  std::vector<ExceptionCheck> result;
  const auto& exceptions = book.world.regime.exceptions;
  for (std::uint32_t i = 0; i < exceptions.size(); ++i) {
    if (!is_in_question(exceptions[i], rule, date)) continue;
    const ExceptionId id{i};
    result.push_back(
        {id, exception_argument(book.exception(id), rule, shipment, date, book.world)});
  }
  return result;
}

RuleCheck check_rule(const PolicyBook& book, RuleId id, const Shipment& shipment, Date date) {
  RuleCheck result;
  result.rule = id;
  result.argument = rule_reasons(book.rule(id), shipment, date, book.world);
  if (result.argument.applies) result.exceptions = check_exceptions(book, id, shipment, date);
  return result;
}

Country government_of(const PolicyBook& book, const Quota& quota) {
  const Regime& regime = book.world.regime;
  return quota.rule ? regime.rules[quota.rule->value].government
                    : book.government_of(regime.exceptions[quota.exception->value]);
}

GovernmentCheck check_government(const PolicyBook& book, Country government,
                                 const Shipment& shipment, Date date) {
  const Regime& regime = book.world.regime;
  GovernmentCheck result;
  result.government = government;
  result.role = role_of(government, shipment);
  result.ruling = regime.judge(government, shipment, date);
  if (result.ruling.rule) {
    result.clause = clause_of(regime.rules[result.ruling.rule->value].item, shipment.item);
  }
  for (const QuotaId quota : regime.quotas_of(rules_about(regime, shipment.item), shipment, date)) {
    if (government_of(book, regime.quotas[quota.value]) == government) {
      result.quotas.push_back(quota);
    }
  }
  result.is_on_record = false;
  for (std::uint32_t i = 0; i < regime.rules.size(); ++i) {
    const Rule& rule = regime.rules[i];
    if (rule.government != government) continue;
    result.is_on_record = true;
    if (!is_in_question(rule, shipment, date)) continue;
    result.rules.push_back(check_rule(book, RuleId{i}, shipment, date));
    result.rules.back().decides = result.ruling.rule == RuleId{i};
  }
  const auto rank = [](const RuleCheck& rule) {
    return rule.decides ? 0 : rule.argument.applies ? 1 : rule.is_in_reach() ? 2 : 3;
  };
  std::ranges::stable_sort(
      result.rules, [&](const RuleCheck& a, const RuleCheck& b) { return rank(a) < rank(b); });
  return result;
}

// Orgs of `country` that sell some device or item.
std::vector<OrgId> vendors_of(const World& world, Country country) {
  std::vector<OrgId> vendors;
  for (const auto* items : {&world.device_items, &world.items}) {
    for (const NamedItem& item : *items) {
      if (item.item.vendor && item.item.vendor_headquarters == country) {
        vendors.push_back(*item.item.vendor);
      }
    }
  }
  std::ranges::sort(vendors);
  vendors.erase(std::unique(vendors.begin(), vendors.end()), vendors.end());
  return vendors;
}

bool is_stricter(const TwoGateRuling& a, const TwoGateRuling& b) {
  const Ruling& of_a = strictest(a);
  const Ruling& of_b = strictest(b);
  if (of_a.verdict != of_b.verdict) return of_a.verdict > of_b.verdict;
  return a.admitted_share < b.admitted_share;
}

// Takes that vendor of the item's country with whom the ruling is strictest, and among those the
// first; none where none makes it stricter than nobody does. True where one was taken.
bool assume_vendor(const World& world, Shipment& shipment, Date date) {
  TwoGateRuling most = judge(world.regime, shipment, date);
  std::optional<OrgId> vendor;
  for (const OrgId candidate : vendors_of(world, shipment.item.vendor_headquarters)) {
    shipment.item.vendor = candidate;
    const TwoGateRuling ruling = judge(world.regime, shipment, date);
    if (!is_stricter(ruling, most)) continue;
    most = ruling;
    vendor = candidate;
  }
  shipment.item.vendor = vendor;
  return vendor.has_value();
}

}  // namespace

PolicyCheck check_shipment(const PolicyBook& book, const Subject& subject,
                           const ShipmentRoute& route, Date date) {
  PolicyCheck result;
  result.date = date;
  result.subject = subject;
  result.shipment = shipment_of(subject, route, book.world);
  result.unlisted_vendor = route.unlisted_vendor;
  if (!result.shipment.item.vendor && route.unlisted_vendor.empty()) {
    result.vendor_assumed = assume_vendor(book.world, result.shipment, date);
  }
  result.both = judge(book.world.regime, result.shipment, date);
  for (const Country government : governments_of(book.world.regime, result.shipment, date)) {
    result.governments.push_back(check_government(book, government, result.shipment, date));
  }
  result.open = open_questions(book.world.regime, result.shipment, date);
  result.if_owned = ruling_if_owned(book.world.regime, result.shipment, date);
  result.not_released_yet = subject.released && date < *subject.released;
  return result;
}

}  // namespace chokepoint
