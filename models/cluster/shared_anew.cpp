#include "models/cluster/shared_anew.hpp"

#include <algorithm>

namespace chokepoint {

SharedAnew::SharedAnew(const std::set<std::pair<int, int>>& shared) : by_room_(shared) {
  for (const auto& [room, device] : shared) {
    room_[device] = room;
    next_ = std::max(next_, device + 1);
  }
}

void SharedAnew::add(int device, int part) {
  int& given = given_[device];
  by_rest_.erase({kWholeDevice - given, device});
  given += part;
  by_rest_.insert({kWholeDevice - given, device});
}

bool SharedAnew::keep(int device, int part, int& whole) {
  const auto given = given_.find(device);
  if (given == given_.end() ? whole < 1 : given->second + part > kWholeDevice) return false;
  if (given == given_.end()) --whole;
  add(device, part);
  return true;
}

std::optional<SharedAnew::Found> SharedAnew::found(int part, int whole) const {
  const auto beside_all = by_room_.lower_bound({part, 0});
  if (beside_all != by_room_.end()) {
    const bool is_first = !given_.contains(beside_all->second);
    if (!is_first || whole > 0) return Found{beside_all->second, is_first};
  }
  const auto beside_higher = by_rest_.lower_bound({part, 0});
  if (beside_higher != by_rest_.end()) return Found{beside_higher->second, false};
  return whole > 0 ? std::optional(Found{next_, true}) : std::nullopt;
}

int SharedAnew::give(int part, int& whole) {
  const Found to = *found(part, whole);
  if (to.is_first) --whole;
  const auto known = room_.try_emplace(to.device, kWholeDevice).first;
  if (to.device == next_) ++next_;
  by_room_.erase({known->second, to.device});
  known->second -= part;
  if (known->second > 0) by_room_.insert({known->second, to.device});
  add(to.device, part);
  return to.device;
}

}  // namespace chokepoint
