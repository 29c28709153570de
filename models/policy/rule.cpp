#include "models/policy/rule.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

// True where destination and buyer are those that the rule is about.
bool covers_receiver(const Rule& rule, const Shipment& shipment) {
  const auto& places = rule.destinations;
  const bool destination =
      places.empty() || std::find(places.begin(), places.end(), shipment.to) != places.end();
  // Without a list there is nothing to extend: "any destination" would swallow the buyer test.
  const bool extends = rule.buyer_anywhere && !places.empty() && !rule.buyer.empty();
  if (extends) return destination || matches(rule.buyer, shipment.buyer);
  return destination && matches(rule.buyer, shipment.buyer);
}

}  // namespace

bool applies(const Rule& rule, const Shipment& shipment, Date date) {
  return rule.validity.holds_on(date) && covers_receiver(rule, shipment) &&
         matches(rule.item, shipment.item);
}

bool applies(const License& license, RuleId rule, const Shipment& shipment, Date date) {
  if (license.rule != rule || !license.validity.holds_on(date)) return false;
  const auto& devices = license.devices;
  const auto& device = shipment.item.device;
  const bool covers_device = devices.empty() || (device && std::find(devices.begin(), devices.end(),
                                                                     *device) != devices.end());
  return covers_device && matches(license.buyer, shipment.buyer);
}

}  // namespace chokepoint
