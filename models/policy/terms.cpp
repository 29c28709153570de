#include "models/policy/terms.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

template <class Item>
bool has_exception(const std::vector<Item>& items, ExceptionId id) {
  return std::any_of(items.begin(), items.end(),
                     [id](const Item& item) { return item.exception == id; });
}

bool is_needed(const Review& review) {
  return review.time.value > Seconds{} || review.refusal_probability.value > 0.0;
}

}  // namespace

Terms terms_of(const Regime& regime, const Shipment& shipment, Date date) {
  Terms terms;
  for (std::uint32_t i = 0; i < regime.rules.size(); ++i) {
    const Rule& rule = regime.rules[i];
    if (!applies(rule, shipment, date)) continue;
    const Ruling ruling = regime.judge(RuleId{i}, shipment, date);
    const auto& id = ruling.exception;
    const Review& review = id ? regime.exceptions[id->value].review : rule.review;
    if (is_needed(review) && !(id && has_exception(terms.requirements, *id))) {
      terms.requirements.push_back({RuleId{i}, id, ruling.verdict, review});
    }
    if (rule.tariff_share.value > 0.0) {
      terms.charges.push_back(
          {rule.government, RuleId{i}, std::nullopt, ChargeKind::Tariff, rule.tariff_share.value});
    }
    if (ruling.revenue_share > 0.0 && !has_exception(terms.charges, *id)) {
      terms.charges.push_back(
          {rule.government, RuleId{i}, id, ChargeKind::Share, ruling.revenue_share});
    }
  }
  return terms;
}

}  // namespace chokepoint
