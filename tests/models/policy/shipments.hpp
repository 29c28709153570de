#pragma once

#include "models/policy/regime.hpp"
#include "tests/day.hpp"
#include "tests/models/catalog_excerpt.hpp"

namespace chokepoint {

inline constexpr Country kUs{"US"};
inline constexpr Country kCn{"CN"};
inline constexpr Country kSg{"SG"};

inline constexpr DeviceId kH20{7};
inline constexpr OrgId kBuyer{3};
inline constexpr BuyerClassId kCloud{1};

/// A day on which the rules below hold.
inline Date today() {
  return day("2025-06-01");
}

/// H20s from the United States to a buyer in China.
inline Shipment h20_to_china() {
  Shipment shipment;
  shipment.item = item_of(kH20, h20(), kUs);
  shipment.from = shipment.exported_from = kUs;
  shipment.to = kCn;
  shipment.buyer = {kBuyer, kCn, {kCloud}, {}};
  return shipment;
}

/// A rule of `government` about everything, in force since 2025.
inline Rule rule_of(Country government, Verdict verdict, double admitted_share) {
  Rule rule;
  rule.government = government;
  rule.announced = rule.validity.effective = day("2025-01-01");
  rule.verdict = verdict;
  rule.admitted_share.value = admitted_share;
  return rule;
}

/// A license under `rule` for everything, given in 2025.
inline Exception license_of(RuleId rule, double admitted_share, double revenue_share) {
  Exception exception;
  exception.rules = {rule};
  exception.validity.effective = day("2025-01-01");
  exception.verdict = Verdict::Granted;
  exception.admitted_share.value = admitted_share;
  exception.revenue_share.value = revenue_share;
  return exception;
}

/// A predicate of one bound.
inline Predicate bounded(Attribute attribute, Comparison comparison, double threshold) {
  Predicate predicate;
  predicate.bounds = {{attribute, comparison, threshold}};
  return predicate;
}

}  // namespace chokepoint
