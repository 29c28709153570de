#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "models/cluster/site_change.hpp"

namespace chokepoint {

/// Later than anything that happens, in milliseconds.
inline constexpr std::int64_t kNoMoment = std::numeric_limits<std::int64_t>::max() / 4;
/// Earlier than anything that happens.
inline constexpr std::int64_t kLongAgo = std::numeric_limits<std::int64_t>::min() / 4;

/// A change on the clock of a log, in milliseconds.
struct PoolChange {
  PoolChangeKind kind = PoolChangeKind::Arrive;
  std::uint32_t pool = 0;
  std::int64_t on = 0;
  std::int64_t until = kNoMoment;  ///< Drain, Close: when nodes are back, > on.
  std::int64_t known = kLongAgo;   ///< When who plans gets to know it.
  int nodes = 0;                   ///< But for SupportEnds: >= 1.
  /// Drain, Close: number of the first; unset: the last ones of those that have arrived.
  std::optional<int> first_node = std::nullopt;
  std::string because = "";
};

/// Devices of a group of nodes.
struct GroupPart {
  std::uint32_t group = 0;
  int devices = 0;

  bool operator==(const GroupPart&) const = default;
};

/// Nodes of a pool that come and go together.
struct NodeGroup {
  /// A time in which they take no job, [begin, end).
  struct Away {
    std::int64_t begin = 0, end = kNoMoment;
    bool stops = false;  ///< Jobs on them stop when it begins; else they run on.
    std::int64_t known = kLongAgo;
    std::string because = "";
  };

  std::uint32_t pool = 0;
  int first_node = 0, nodes = 0;
  std::vector<Away> aways = {};

  /// Whether a job may begin at `begin` and is not stopped by a change before `end`, by what is
  /// known at `known`: what has begun then, and what has been told.
  bool takes(std::int64_t begin, std::int64_t end, std::int64_t known) const;
  /// Whether it takes jobs at `now`.
  bool is_open(std::int64_t now) const { return aways.empty() || takes(now, now, now); }
  /// When it next stops taking jobs after `begin`, as far as is known.
  std::int64_t leaves(std::int64_t begin, std::int64_t known) const;
  /// Why it is away at `now`; empty where it is not.
  std::string why_away(std::int64_t now) const;
};

/// The groups of pools of so many nodes in all, in order of pool and node; every pool has at least
/// one. Nodes that arrive come after the others, in the order of `changes`.
std::vector<NodeGroup> node_groups(const std::vector<int>& nodes_of_pools,
                                   const std::vector<PoolChange>& changes);

/// From when on each pool takes no job that is submitted; kNoMoment: it always does.
std::vector<std::int64_t> support_ends(std::size_t pools, const std::vector<PoolChange>& changes);

/// Every moment at which something changes or is told, in order, none twice.
std::vector<std::int64_t> change_moments(const std::vector<NodeGroup>& groups);

/// `devices` out of `room`: of the first group that has them all, else of one after the other.
/// Requires: `room` has as many.
std::vector<GroupPart> parts_of(int devices, const std::vector<GroupPart>& room);

/// Orders the groups of `room` for a job from `begin` until `end`: those that it does not hold
/// beyond the time when they were to leave, of these the ones that leave soonest.
void prefer_those_that_leave(std::vector<GroupPart>& room, const std::vector<NodeGroup>& groups,
                             std::int64_t begin, std::int64_t end, std::int64_t known);

}  // namespace chokepoint
