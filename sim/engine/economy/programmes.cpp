#include "sim/engine/economy/programmes.hpp"

#include <algorithm>

namespace chokepoint {

Programmes::Programmes(const World& world) : world_(world) {
  groups_.reserve(world.buyers.size());
  for (const Buyer& buyer : world.buyers) groups_.emplace_back(buyer.programmes.size());
}

std::vector<Programmes::Lump> Programmes::ask(BuyerId buyer, const std::vector<Option>& options,
                                              Date date) const {
  std::vector<DeviceId> devices;
  std::vector<ProgrammeKind> kinds;
  for (const Option& option : options) {
    const auto known = std::ranges::find(devices, option.device);
    if (known == devices.end()) {
      devices.push_back(option.device);
      kinds.push_back({0.0, option.useful, option.price, option.packages});
      continue;
    }
    ProgrammeKind& kind = kinds[static_cast<std::size_t>(known - devices.begin())];
    kind.price = std::min(kind.price, option.price);
    kind.packages += option.packages;
  }
  std::vector<Lump> lumps;
  const auto& programmes = world_.buyers[buyer.value].programmes;
  for (std::size_t p = 0; p < programmes.size(); ++p) {
    const Groups& groups = groups_[buyer.value][p];
    for (std::size_t k = 0; k < kinds.size(); ++k) {
      const auto group = groups.find(devices[k]);
      kinds[k].had = group == groups.end() ? 0.0 : group->second;
    }
    const auto order = order_of(programmes[p], kinds, date);
    if (order) lumps.push_back({buyer, p, devices[order->kind], order->money});
  }
  return lumps;
}

void Programmes::take(const Lump& lump, double useful) {
  groups_[lump.buyer.value][lump.programme][lump.device] += useful;
}

}  // namespace chokepoint
