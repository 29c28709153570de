#pragma once

#include <vector>

#include "models/cluster/availability.hpp"
#include "models/cluster/played_pools.hpp"

namespace chokepoint {

/// When a job may begin in a pool, and of which devices; never where that is kNoMoment.
struct PlannedSlot {
  Milliseconds begin = kNoMoment, end = kNoMoment;
  std::uint32_t pool = 0;
  std::vector<GroupPart> parts = {};
};

/// What of pools is promised to jobs, those that run and those that wait.
class PlannedPools {
public:
  /// All is free. Requires: `nodes` outlives this.
  explicit PlannedPools(const PlayedPools& nodes);
  /// As at first, from now on.
  void clear();

  /// The first time, from now on, at which `devices` of a pool are free for a job that lasts so
  /// long, by what is known at `known`. Requires: lasts > 0.
  PlannedSlot first(std::uint32_t pool, int devices, Milliseconds lasts, Milliseconds known) const;

  /// Whether a device of a group is free for all of a time; of one that is over it is.
  bool has_one(std::uint32_t group, Milliseconds begin, Milliseconds end) const;

  /// Promises devices for a time, or no longer. Requires: they are free; they were promised.
  void take(const std::vector<GroupPart>& parts, Milliseconds begin, Milliseconds end);
  void give(const std::vector<GroupPart>& parts, Milliseconds begin, Milliseconds end);

  /// Forgets what was before now.
  void forget();

private:
  const PlayedPools& nodes_;
  std::vector<Availability> plans_;  // By group.
};

}  // namespace chokepoint
