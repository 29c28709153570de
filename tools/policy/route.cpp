#include "tools/policy/route.hpp"

#include "tools/policy/words.hpp"

namespace chokepoint {

Shipment shipment_of(const Subject& subject, const ShipmentRoute& route, const World& world) {
  Shipment shipment;
  shipment.item = subject.item;
  if (route.category) shipment.item.category = *route.category;
  shipment.from = subject.item.vendor_headquarters;
  shipment.exported_from = route.from.value_or(shipment.from);
  shipment.to = route.to;
  if (route.buyer) {
    shipment.buyer = world.party(*route.buyer);
  } else {
    shipment.buyer.headquarters = route.buyer_headquarters.value_or(route.to);
    shipment.buyer.classes = route.buyer_classes;
    shipment.buyer.owned_by_listed = route.buyer_owned_by_listed;
  }
  if (route.packager) shipment.packager = world.party(*route.packager);
  shipment.packaged_in = route.packaged_in;
  shipment.state = route.state;
  return shipment;
}

std::string route_text(const Shipment& shipment) {
  return "from " + shipment.exported_from.text() + " to " + shipment.to.text();
}

std::string party_text(const Party& party, const World& world) {
  std::string text;
  if (party.org) {
    const Org& org = world.orgs[party.org->value];
    text = org.name;
    if (!org.display.empty() && org.display != org.name) text += " (" + org.display + ")";
  } else {
    text = "unnamed";
  }
  text += ", headquarters " + party.headquarters.text();
  const auto& parent = party.parent_headquarters;
  if (parent && *parent != party.headquarters) text += ", its parent's " + parent->text();
  std::vector<std::string> classes;
  classes.reserve(party.classes.size());
  for (const BuyerClassId id : party.classes) classes.push_back(world.buyer_classes[id.value]);
  if (!classes.empty()) text += ", of class " + name_list(classes);
  if (party.owned_by_listed) {
    text += ", owned to " + share_text(*party.owned_by_listed) + " by listed parties";
  }
  return text;
}

}  // namespace chokepoint
