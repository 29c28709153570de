#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "models/cluster/played_pools.hpp"

namespace chokepoint {

/// The devices that the head of a queue is to have, from when on, and what is free beside it then.
class KeptForHead {
public:
  explicit KeptForHead(std::size_t groups) : takes_(groups, false) {}

  void keep_nothing() { pool_.reset(); }
  /// From `begin` on, `devices` of what is free then, which is `rooms`.
  void keep(std::uint32_t pool, Milliseconds begin, const std::vector<GroupPart>& rooms,
            int devices);

  /// What of `rooms` a job may have that gives it back at `end`, so that the head is not delayed.
  std::vector<GroupPart> beside(std::vector<GroupPart> rooms, std::uint32_t pool,
                                Milliseconds end) const;
  /// A job has that.
  void take(const std::vector<GroupPart>& parts, std::uint32_t pool, Milliseconds end);

  /// Whether a job holds devices of the head's pool when that is to start.
  bool delays(std::uint32_t pool, Milliseconds end) const { return pool == pool_ && end > begin_; }
  /// Whether the head may have devices of a group.
  bool takes(std::uint32_t group) const { return takes_[group]; }
  /// Free devices of such groups that it does not need.
  int beside() const { return beside_; }

private:
  std::optional<std::uint32_t> pool_;
  Milliseconds begin_ = kNoMoment;
  std::vector<bool> takes_;
  int beside_ = 0;
};

/// What is expected to be free in pools, and when: by when what runs is expected to end, what is
/// down to be back, and by what is known of changes.
class ExpectedPools {
public:
  /// Nothing is held. Requires: `nodes` outlives this.
  explicit ExpectedPools(const PlayedPools& nodes)
      : nodes_(nodes), ends_of_(nodes.groups().size()) {}

  /// Something, of a number of its own, has devices until an expected time; or no longer.
  void hold(const std::vector<GroupPart>& parts, Milliseconds until, std::uint32_t what);
  void release(const std::vector<GroupPart>& parts, Milliseconds until, std::uint32_t what);

  /// Devices of a pool that are free for a job from now until `end`, by what is known; where there
  /// is a head, beside it.
  int room(std::uint32_t pool, Milliseconds end, const KeptForHead* head = nullptr) const;
  /// What is free, by group, in the order in which a job takes them.
  std::vector<GroupPart> rooms(std::uint32_t pool, Milliseconds end) const;

  /// When `devices` of a pool are first expected to be free for a job that lasts so long, by what
  /// is known at `known`; kNoMoment where they never are.
  Milliseconds first(std::uint32_t pool, int devices, Milliseconds lasts, Milliseconds known) const;
  /// What of each group is expected to be free then, as rooms().
  std::vector<GroupPart> rooms_at(std::uint32_t pool, Milliseconds begin, Milliseconds lasts) const;

  /// What holds devices of a group: until when, and how many.
  using Ends = std::map<std::pair<Milliseconds, std::uint32_t>, int>;
  const Ends& ends_of(std::uint32_t group) const { return ends_of_[group]; }

private:
  const PlayedPools& nodes_;
  std::vector<Ends> ends_of_;
};

}  // namespace chokepoint
