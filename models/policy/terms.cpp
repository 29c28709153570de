#include "models/policy/terms.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

template <class Item>
bool has_exception(const std::vector<Item>& items, ExceptionId id) {
  return std::ranges::any_of(items, [id](const Item& item) { return item.exception == id; });
}

bool is_needed(const Review& review) {
  return review.time.value > Seconds{} || review.refusal_probability.value > 0.0;
}

}  // namespace

Terms terms_of(const Regime& regime, const Shipment& shipment, Date date) {
  return terms_of(regime, rules_about(regime, shipment.item), shipment, date);
}

Terms terms_of(const Regime& regime, std::span<const RuleId> about, const Shipment& shipment,
               Date date) {
  Terms terms;
  for (const RuleId rule_id : about) {
    const Rule& rule = regime.rules[rule_id.value];
    if (!applies(rule, shipment, date)) continue;
    const Ruling ruling = regime.judge(rule_id, shipment, date);
    const auto& id = ruling.exception;
    const Review& review = id ? regime.exceptions[id->value].review : rule.review;
    if (is_needed(review) && !(id && has_exception(terms.requirements, *id))) {
      terms.requirements.push_back({rule_id, id, ruling.verdict, review});
    }
    if (rule.tariff_share.value > 0.0) {
      terms.charges.push_back(
          {rule.government, rule_id, std::nullopt, ChargeKind::Tariff, rule.tariff_share.value});
    }
    if (ruling.revenue_share > 0.0 && !has_exception(terms.charges, *id)) {
      terms.charges.push_back(
          {rule.government, rule_id, id, ChargeKind::Share, ruling.revenue_share});
    }
  }
  return terms;
}

}  // namespace chokepoint
