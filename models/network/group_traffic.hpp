#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/network/cluster_network.hpp"
#include "models/network/collectives.hpp"
#include "models/network/rank_traffic.hpp"

namespace chokepoint {

/// The devices of a communicator, by domain: the j-th of the i-th domain is devices[i inner + j].
struct DeviceGroup {
  std::vector<std::uint32_t> devices;
  std::uint32_t inner = 1;  ///< Of each domain.

  std::uint32_t domains() const { return static_cast<std::uint32_t>(devices.size()) / inner; }
};

/// Why `devices` make no group: one is not there or named twice, or domains have different numbers
/// of them. Empty where they do.
std::string group_complaint(const ClusterNetwork& network,
                            const std::vector<std::uint32_t>& devices);

/// `devices` by domain, those and domains in the order in which they are listed. Requires:
/// group_complaint() empty, at least one.
DeviceGroup group_of(const ClusterNetwork& network, const std::vector<std::uint32_t>& devices);

/// Who sends to whom in one stage of a collective.
enum class TrafficShape {
  InnerPairs,    ///< In every domain each to all others, directly; through a switch around a ring.
  InnerScatter,  ///< In the first domain from its first device to all others.
  InnerTree,     ///< In the first domain from its first device down two trees.
  Ring,          ///< Between devices at the same place of their domains, around a ring,
  DoubleTree,    ///< up and down two trees,
  /// each to all others, where leaf switches have equally many of them gathered into a flow to the
  /// next leaf of one site, or to each leaf of several,
  OuterPairs,
  DownTree,  ///< or from the first down two trees.
  Single     ///< From the first device of all to the last.
};

/// Traffic of one shape between the devices of a group, and how fast it goes alone.
struct GroupTraffic {
  std::vector<Traffic> traffic;  ///< Between devices.
  /// `bandwidth` is what the busiest link leaves to each rank; `hop` the longest way, around a ring
  /// the mean one; `phase` two hops.
  Fabric fabric;
  Lane busiest = 0;  ///< The lowest of those that take longest.
};

/// Requires: `shape` has traffic, that is two devices of a domain for those inside, two domains for
/// those between them.
GroupTraffic group_traffic(const ClusterNetwork& network, const DeviceGroup& group,
                           TrafficShape shape);

}  // namespace chokepoint
