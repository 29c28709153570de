#include "models/network/group_traffic.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <map>
#include <set>

namespace chokepoint {
namespace {

using Ranks = std::vector<std::uint32_t>;  // Devices by rank.

void add(std::vector<Traffic>& all, const std::vector<Traffic>& by_rank, const Ranks& ranks) {
  for (const Traffic& each : by_rank) {
    all.push_back({ranks[each.from], ranks[each.to], each.share});
  }
}

Ranks domain_of(const DeviceGroup& group, std::uint32_t domain) {
  const auto first = group.devices.begin() + std::ptrdiff_t{domain} * group.inner;
  return {first, first + group.inner};
}

Ranks same_places(const DeviceGroup& group, std::uint32_t place) {
  Ranks made;
  for (std::uint32_t i = 0; i < group.domains(); ++i) {
    made.push_back(group.devices[i * group.inner + place]);
  }
  return made;
}

// Devices behind one leaf switch, where all have as many and stand in order; else 1.
std::uint32_t block_of(const ClusterNetwork& network, const Ranks& ranks) {
  const auto leaf = [&](std::size_t rank) { return network.place(ranks[rank]).leaf; };
  std::uint32_t block = 1;
  while (block < ranks.size() && leaf(block) == leaf(0)) ++block;
  if (ranks.size() % block != 0) return 1;
  std::set<std::uint32_t> seen;
  for (std::size_t first = 0; first < ranks.size(); first += block) {
    if (!seen.insert(leaf(first)).second) return 1;
    for (std::size_t i = 0; i < block; ++i) {
      if (leaf(first + i) != leaf(first)) return 1;
    }
  }
  return block;
}

std::vector<Traffic> inner_pairs(const ClusterNetwork& network, const Ranks& domain) {
  const auto ranks = static_cast<std::uint32_t>(domain.size());
  return network.place(domain.front()).is_meshed ? pair_traffic(ranks) : ring_traffic(ranks);
}

std::vector<Traffic> outer_traffic(const ClusterNetwork& network, const Ranks& ring,
                                   TrafficShape shape) {
  const auto ranks = static_cast<std::uint32_t>(ring.size());
  switch (shape) {
    case TrafficShape::DoubleTree:
      return double_tree_traffic(ranks);
    case TrafficShape::DownTree:
      return down_tree_traffic(ranks);
    case TrafficShape::OuterPairs: {
      const std::uint32_t block = block_of(network, ring);
      const bool at_one_site = std::ranges::all_of(ring, [&](std::uint32_t device) {
        return network.place(device).site == network.place(ring.front()).site;
      });
      // Blocks of one rank are whole pairs, in no order of leaf switches.
      if (block == 1 || !at_one_site) return block_traffic(ranks, block);
      return next_block_traffic(ranks, block);
    }
    default:
      return ring_traffic(ranks);
  }
}

std::vector<Traffic> traffic_of(const ClusterNetwork& network, const DeviceGroup& group,
                                TrafficShape shape) {
  std::vector<Traffic> all;
  switch (shape) {
    case TrafficShape::InnerPairs:
      for (std::uint32_t i = 0; i < group.domains(); ++i) {
        const Ranks domain = domain_of(group, i);
        add(all, inner_pairs(network, domain), domain);
      }
      return all;
    case TrafficShape::InnerScatter:
      add(all, scatter_traffic(group.inner), domain_of(group, 0));
      return all;
    case TrafficShape::InnerTree:
      add(all, down_tree_traffic(group.inner), domain_of(group, 0));
      return all;
    case TrafficShape::Single:
      return {{group.devices.front(), group.devices.back(), 1.0}};
    default:
      for (std::uint32_t i = 0; i < group.inner; ++i) {
        const Ranks ring = same_places(group, i);
        add(all, outer_traffic(network, ring, shape), ring);
      }
      return all;
  }
}

// By domain, in order of the first device of each.
std::vector<Ranks> by_domain(const ClusterNetwork& network, const Ranks& devices) {
  std::map<std::uint32_t, std::size_t> numbers;
  std::vector<Ranks> made;
  for (const std::uint32_t device : devices) {
    const auto [known, is_new] = numbers.emplace(network.place(device).domain, made.size());
    if (is_new) made.emplace_back();
    made[known->second].push_back(device);
  }
  return made;
}

}  // namespace

std::string group_complaint(const ClusterNetwork& network,
                            const std::vector<std::uint32_t>& devices) {
  std::set<std::uint32_t> seen;
  const std::uint32_t there = network.graph().devices();
  for (const std::uint32_t device : devices) {
    const std::string name = "device " + std::to_string(device);
    if (device >= there) return name + " is not among the " + std::to_string(there) + " there";
    if (!seen.insert(device).second) return name + " is named twice";
  }
  const std::vector<Ranks> domains = by_domain(network, devices);
  for (const Ranks& domain : domains) {
    if (domain.size() == domains.front().size()) continue;
    return "one scale-up domain has " + std::to_string(domains.front().size()) +
           " of the devices, another " + std::to_string(domain.size());
  }
  return {};
}

DeviceGroup group_of(const ClusterNetwork& network, const std::vector<std::uint32_t>& devices) {
  assert(!devices.empty() && group_complaint(network, devices).empty());
  DeviceGroup group;
  for (const Ranks& domain : by_domain(network, devices)) {
    group.inner = static_cast<std::uint32_t>(domain.size());
    group.devices.insert(group.devices.end(), domain.begin(), domain.end());
  }
  return group;
}

GroupTraffic group_traffic(const ClusterNetwork& network, const DeviceGroup& group,
                           TrafficShape shape) {
  const NetworkGraph& graph = network.graph();
  GroupTraffic made{traffic_of(network, group, shape), {}, 0};
  assert(!made.traffic.empty());
  std::vector<double> loads(graph.lanes());
  Seconds longest, sum;
  for (const Traffic& each : made.traffic) {
    const auto route = graph.route(each.from, each.to);
    assert(route);
    for (const Lane lane : *route) loads[lane] += each.share;
    const Seconds hop = latency_of(graph, *route);
    longest = std::max(longest, hop);
    sum += hop;
  }
  double seconds_per_byte = 0.0;
  for (Lane lane = 0; lane < loads.size(); ++lane) {
    const double taken = loads[lane] / graph.link(lane).bandwidth.value;
    // Links that are as busy but for rounding: the first.
    if (taken > seconds_per_byte * (1 + 1e-9)) seconds_per_byte = taken, made.busiest = lane;
  }
  const bool is_ring = shape == TrafficShape::Ring;
  made.fabric.bandwidth = BytesPerSecond{1.0 / seconds_per_byte};
  made.fabric.hop = is_ring ? sum / static_cast<double>(made.traffic.size()) : longest;
  made.fabric.phase = made.fabric.hop * 2.0;
  return made;
}

}  // namespace chokepoint
