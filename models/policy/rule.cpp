#include "models/policy/rule.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

bool is_of_category(const Rule& rule, Category category) {
  return (rule.categories >> static_cast<unsigned>(category) & 1U) != 0;
}

// True where the government has a say in the shipment.
bool has_jurisdiction(const Rule& rule, const Shipment& shipment) {
  const Country government = rule.government;
  return government == shipment.from || government == shipment.exported_from ||
         government == shipment.to || rule.reaches_abroad;
}

bool reaches_stage(const Rule& rule, const Shipment& shipment) {
  switch (shipment.state) {
    case ShipmentState::Offered:
      return true;
    case ShipmentState::InFlight:
      return rule.reaches_in_flight.value_or(rule.government == shipment.to);
    case ShipmentState::Installed:
      return rule.reaches_installed;
  }
  return false;
}

bool is_in(const CountrySet& wanted, Country country) {
  return wanted.empty() || wanted.has(country);
}

// True where destination and buyer are those that the rule is about.
bool covers_receiver(const Rule& rule, const Shipment& shipment, Date date) {
  const bool destination =
      is_in(rule.destinations, shipment.to) && !rule.destinations_except.has(shipment.to);
  // Without a list there is nothing to extend: "any destination" would swallow the buyer test.
  const bool extends = rule.buyer_anywhere && !rule.destinations.empty() && !rule.buyer.empty();
  if (extends) return destination || matches(rule.buyer, shipment.buyer, date);
  return destination && matches(rule.buyer, shipment.buyer, date);
}

bool covers_packaging(const Exception& exception, const Shipment& shipment, Date date) {
  if (!exception.packager.empty() &&
      !(shipment.packager && matches(exception.packager, *shipment.packager, date))) {
    return false;
  }
  const auto& except = exception.packaged_in_except;
  return except.empty() || (shipment.packaged_in && !except.has(*shipment.packaged_in));
}

}  // namespace

bool Validity::holds_on(Date date) const {
  if (date < effective || (ended && *ended <= date)) return false;
  return std::none_of(suspensions.begin(), suspensions.end(), [&](const Suspension& s) {
    return s.from <= date && (!s.until || date < *s.until);
  });
}

bool is_about(const Rule& rule, const Item& item) {
  return rule.enabled && is_of_category(rule, item.category) && matches(rule.item, item);
}

bool applies(const Rule& rule, const Shipment& shipment, Date date) {
  return rule.enabled && is_of_category(rule, shipment.item.category) &&
         rule.validity.holds_on(date) && has_jurisdiction(rule, shipment) &&
         reaches_stage(rule, shipment) && is_in(rule.exported_from, shipment.exported_from) &&
         !rule.exported_from_except.has(shipment.exported_from) &&
         covers_receiver(rule, shipment, date) && matches(rule.item, shipment.item);
}

bool applies(const Exception& exception, RuleId rule, const Shipment& shipment, Date date) {
  const auto& rules = exception.rules;
  return exception.enabled && std::find(rules.begin(), rules.end(), rule) != rules.end() &&
         exception.validity.holds_on(date) && is_in(exception.destinations, shipment.to) &&
         is_in(exception.exported_from, shipment.exported_from) &&
         matches(exception.item, shipment.item) && matches(exception.buyer, shipment.buyer, date) &&
         covers_packaging(exception, shipment, date);
}

}  // namespace chokepoint
