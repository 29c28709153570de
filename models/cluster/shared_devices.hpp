#pragma once

#include <cassert>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace chokepoint {

/// Thousandths of a device.
inline constexpr int kWholeDevice = 1000;

/// Devices of a pool that jobs share, each job with a part of one. A device is shared from when the
/// first job has a part of it until the last one has left, and nobody else has it meanwhile.
class SharedDevices {
public:
  /// In use in part.
  int count() const { return static_cast<int>(by_room_.size()); }
  /// Thousandths that nobody has, of all of them.
  int free() const { return free_; }
  bool has_room(int part) const { return !by_room_.empty() && by_room_.rbegin()->first >= part; }

  /// The fullest device with room for a part of which `may` says true; of equals the lowest number.
  template <typename May>
  std::optional<int> fullest(int part, const May& may) const {
    for (auto at = by_room_.lower_bound({part, 0}); at != by_room_.end(); ++at) {
      if (may(at->second)) return at->second;
    }
    return std::nullopt;
  }

  /// Shares another device; somebody is to join it at once. Numbers of those that are no longer
  /// shared are given again.
  int open(int node);
  /// A job has a part from now on. Requires: there is room, 1 <= part <= 1000.
  void join(int device, std::uint32_t job, int part, std::int64_t ends);
  /// Says whether nobody is left: then the device is shared no longer.
  bool leave(int device, std::uint32_t job);

  bool is_shared(int device) const { return !at(device).users.empty(); }
  int node(int device) const { return at(device).node; }
  int room(int device) const { return at(device).room; }
  /// When the last of those that share it is expected to end.
  std::int64_t ends(int device) const;
  /// Numbers with their room, the fullest first.
  const std::set<std::pair<int, int>>& by_room() const { return by_room_; }

private:
  struct User {
    std::uint32_t job = 0;
    int part = 0;
    std::int64_t ends = 0;
  };
  struct Device {
    int node = 0, room = kWholeDevice;
    std::vector<User> users;
  };
  const Device& at(int device) const { return devices_[static_cast<std::size_t>(device)]; }
  void change_room(int device, int by);

  std::vector<Device> devices_;
  std::set<int> unused_;  // Numbers.
  std::set<std::pair<int, int>> by_room_;
  int free_ = 0;
};

}  // namespace chokepoint
