#include "models/cluster/shared_devices.hpp"

#include <algorithm>

namespace chokepoint {

int SharedDevices::open(int node) {
  if (unused_.empty()) {
    unused_.insert(static_cast<int>(devices_.size()));
    devices_.emplace_back();
  }
  const int device = unused_.extract(unused_.begin()).value();
  devices_[static_cast<std::size_t>(device)] = {node, kWholeDevice, {}};
  by_room_.insert({kWholeDevice, device});
  free_ += kWholeDevice;
  return device;
}

void SharedDevices::change_room(int device, int by) {
  int& room = devices_[static_cast<std::size_t>(device)].room;
  by_room_.erase({room, device});
  room += by;
  free_ += by;
  assert(room >= 0 && room <= kWholeDevice);
  by_room_.insert({room, device});
}

void SharedDevices::join(int device, std::uint32_t job, int part, std::int64_t ends) {
  assert(part >= 1 && part <= room(device));
  devices_[static_cast<std::size_t>(device)].users.push_back({job, part, ends});
  change_room(device, -part);
}

bool SharedDevices::leave(int device, std::uint32_t job) {
  auto& users = devices_[static_cast<std::size_t>(device)].users;
  const auto user = std::ranges::find(users, job, &User::job);
  assert(user != users.end());
  const int part = user->part;
  users.erase(user);
  change_room(device, part);
  if (!users.empty()) return false;
  by_room_.erase({kWholeDevice, device});
  free_ -= kWholeDevice;
  unused_.insert(device);
  return true;
}

std::int64_t SharedDevices::ends(int device) const {
  assert(is_shared(device));
  return std::ranges::max_element(at(device).users, {}, &User::ends)->ends;
}

}  // namespace chokepoint
