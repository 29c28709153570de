#pragma once

#include <map>
#include <optional>
#include <set>
#include <utility>

#include "models/cluster/shared_devices.hpp"

namespace chokepoint {

/// Parts of devices of a pool when all of it is given out anew, in order of rank, to jobs that run
/// and keep what they have, or lose it, and to jobs that start.
class SharedAnew {
public:
  /// Nobody was given anything. `shared`: devices with their room before; the others are not to be
  /// given out.
  explicit SharedAnew(const std::set<std::pair<int, int>>& shared);

  /// A job keeps its part of a device; says whether it can. `whole` is how many devices of the pool
  /// nobody was given, and becomes less where this is the first job on its device.
  bool keep(int device, int part, int& whole);
  /// Whether a part can be given.
  bool can_give(int part, int whole) const { return found(part, whole).has_value(); }
  /// Gives a part of the fullest device where it has room beside all who were there; else where it
  /// has room beside those of higher rank; else of another device. Requires: it can be given.
  int give(int part, int& whole);

private:
  struct Found {
    int device = 0;
    bool is_first = false;  // Whom the device is given to.
  };
  std::optional<Found> found(int part, int whole) const;
  void add(int device, int part);

  std::map<int, int> room_;  // Of devices, beside all who were there; below 0: they do not fit.
  std::map<int, int> given_;
  std::set<std::pair<int, int>> by_room_, by_rest_;  // Devices, and those that were given to some.
  int next_ = 0;                                     // Number of another device.
};

}  // namespace chokepoint
