#include "models/market/renting.hpp"

#include <cmath>

namespace chokepoint {

Shipment remote_access(const Item& item, Country stands_in, const Party& user) {
  Shipment access;
  access.item = item;
  access.item.category = Category::RemoteAccess;
  access.from = item.vendor_headquarters;
  access.exported_from = stands_in;
  access.to = user.headquarters;
  access.buyer = user;
  return access;
}

double rentable_units(const OffshoreCapacity& capacity, const Renting& renting, const Item& item,
                      const Regime& regime, const Party& user, Date date) {
  if (!renting.enabled || date < capacity.from) return 0.0;
  const TwoGateRuling ruling = judge(regime, remote_access(item, capacity.country, user), date);
  if (strictest(ruling).verdict > Verdict::Discouraged) return 0.0;
  return std::floor(admitted_units(admitted_units(capacity.units.value, renting.share.value),
                                   ruling.admitted_share));
}

Date usable_from(const Renting& renting, Date date) {
  return Calendar{date}.date_at(renting.delay.value);
}

}  // namespace chokepoint
