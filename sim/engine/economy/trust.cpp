#include "sim/engine/economy/trust.hpp"

#include <cmath>

namespace chokepoint {

void Trust::note_share(std::size_t i, double share, Date month) {
  if (share < kCutShare && shares_[i] >= kCutShare) {
    const BlanketOrder& blanket = world_.blanket_orders[i];
    const DeviceId device = world_.offers[blanket.offer].device;
    const SiteId site = world_.buyers[blanket.buyer.value].site;
    cut_on_[{world_.devices[device.value].vendor, site}] = month;
  }
  shares_[i] = share;
}

double Trust::risk(OrgId vendor, SiteId site, Date today) const {
  const auto cut = cut_on_.find({vendor, site});
  if (cut == cut_on_.end()) return 0.0;
  const auto days = static_cast<double>((today - cut->second).count());
  return std::exp2(-days / kDaysPerYear);
}

}  // namespace chokepoint
