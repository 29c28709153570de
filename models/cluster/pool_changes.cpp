#include "models/cluster/pool_changes.hpp"

#include <algorithm>
#include <cassert>
#include <set>
#include <tuple>

namespace chokepoint {
namespace {

// Nodes [begin, end) of a pool.
struct NodeRange {
  int begin = 0, end = 0;
};

// What each change is of, in a pool of `nodes` in all.
std::vector<NodeRange> ranges_of(std::uint32_t pool, int nodes,
                                 const std::vector<PoolChange>& changes) {
  int begin = nodes;
  for (const PoolChange& change : changes) {
    if (change.pool == pool && change.kind == PoolChangeKind::Arrive) begin -= change.nodes;
  }
  const int of_stocks = begin;
  std::vector<NodeRange> ranges(changes.size());
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (changes[i].pool != pool || changes[i].kind != PoolChangeKind::Arrive) continue;
    ranges[i] = {begin, begin + changes[i].nodes};
    begin += changes[i].nodes;
  }
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const PoolChange& change = changes[i];
    const bool takes_away =
        change.kind == PoolChangeKind::Drain || change.kind == PoolChangeKind::Close;
    if (change.pool != pool || !takes_away) continue;
    int end = of_stocks;  // Of those that have arrived.
    for (std::size_t j = 0; j < changes.size(); ++j) {
      const bool has_arrived =
          changes[j].kind == PoolChangeKind::Arrive && changes[j].on <= change.on;
      if (changes[j].pool == pool && has_arrived) end = std::max(end, ranges[j].end);
    }
    const int first = change.first_node.value_or(std::max(0, end - change.nodes));
    ranges[i] = {std::min(first, nodes), std::min(nodes - std::min(first, nodes), change.nodes)};
    ranges[i].end += ranges[i].begin;
  }
  return ranges;
}

NodeGroup::Away away_of(const PoolChange& change) {
  if (change.kind == PoolChangeKind::Arrive) {
    return {kLongAgo, change.on, true, change.known, change.because};
  }
  return {change.on, change.until, change.kind == PoolChangeKind::Close, change.known,
          change.because};
}

}  // namespace

bool NodeGroup::takes(std::int64_t begin, std::int64_t end, std::int64_t known) const {
  return std::ranges::none_of(aways, [&](const Away& away) {
    if (away.known > known && away.begin > known) return false;
    const std::int64_t back = away.known > known ? kNoMoment : away.end;
    if (away.begin <= begin) return begin < back;
    return away.stops && away.begin < end;
  });
}

std::int64_t NodeGroup::leaves(std::int64_t begin, std::int64_t known) const {
  std::int64_t first = kNoMoment;
  for (const Away& away : aways) {
    if (away.known <= known && away.begin > begin) first = std::min(first, away.begin);
  }
  return first;
}

std::string NodeGroup::why_away(std::int64_t now) const {
  for (const Away& away : aways) {
    if (away.begin <= now && now < away.end) return away.because;
  }
  return "";
}

std::vector<NodeGroup> node_groups(const std::vector<int>& nodes_of_pools,
                                   const std::vector<PoolChange>& changes) {
  std::vector<NodeGroup> groups;
  for (std::uint32_t pool = 0; pool < nodes_of_pools.size(); ++pool) {
    const int nodes = nodes_of_pools[pool];
    const std::vector<NodeRange> ranges = ranges_of(pool, nodes, changes);
    std::set<int> cuts = {0, nodes};
    for (const NodeRange& range : ranges) cuts.insert({range.begin, range.end});
    for (auto at = cuts.begin(); std::next(at) != cuts.end(); ++at) {
      NodeGroup group{pool, *at, *std::next(at) - *at};
      for (std::size_t i = 0; i < changes.size(); ++i) {
        const bool is_of_group =
            ranges[i].begin <= group.first_node && group.first_node < ranges[i].end;
        if (is_of_group) group.aways.push_back(away_of(changes[i]));
      }
      groups.push_back(std::move(group));
    }
  }
  return groups;
}

std::vector<std::int64_t> support_ends(std::size_t pools, const std::vector<PoolChange>& changes) {
  std::vector<std::int64_t> ends(pools, kNoMoment);
  for (const PoolChange& change : changes) {
    if (change.kind == PoolChangeKind::SupportEnds) {
      ends[change.pool] = std::min(ends[change.pool], change.on);
    }
  }
  return ends;
}

std::vector<std::int64_t> change_moments(const std::vector<NodeGroup>& groups) {
  std::set<std::int64_t> moments;
  for (const NodeGroup& group : groups) {
    for (const NodeGroup::Away& away : group.aways) {
      for (const std::int64_t at : {away.begin, away.end, away.known}) {
        if (at > kLongAgo && at < kNoMoment) moments.insert(at);
      }
    }
  }
  return {moments.begin(), moments.end()};
}

std::vector<GroupPart> parts_of(int devices, const std::vector<GroupPart>& room) {
  for (const GroupPart& group : room) {
    if (group.devices >= devices) return {{group.group, devices}};
  }
  std::vector<GroupPart> parts;
  for (const GroupPart& group : room) {
    const int taken = std::min(devices, group.devices);
    if (taken > 0) parts.push_back({group.group, taken});
    devices -= taken;
  }
  assert(devices <= 0);
  return parts;
}

void prefer_those_that_leave(std::vector<GroupPart>& room, const std::vector<NodeGroup>& groups,
                             std::int64_t begin, std::int64_t end, std::int64_t known) {
  if (room.size() < 2) return;
  std::ranges::stable_sort(room, {}, [&](const GroupPart& part) {
    const std::int64_t leaves = groups[part.group].leaves(begin, known);
    return std::tuple(leaves < end, leaves);
  });
}

}  // namespace chokepoint
