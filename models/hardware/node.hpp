#pragma once

#include <optional>
#include <string>

#include "models/ids.hpp"
#include "models/sourced.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// How the packages of a scale-up domain are joined.
enum class ScaleupShape {
  Switched,  ///< Any two reach each other at the rate of all their links.
  FullMesh,  ///< Each has a link of its own to each other one.
  Ring,      ///< Each has links to two neighbours.
  PcieTree   ///< Through the host's PCIe switches.
};

/// How one package of a node is joined to others. Unset: not known.
struct Links {
  std::optional<Sourced<BytesPerSecond>> scaleup;  ///< All its links together, one direction.
  std::optional<Sourced<int>> domain;  ///< Packages that scale-up links reach, itself counted.
  std::optional<ScaleupShape> shape;
  std::optional<Sourced<BytesPerSecond>> scaleout;  ///< Its share of network cards, one direction.
};

/// One server: devices of one kind and what feeds them.
struct NodeSpec {
  std::string name;
  OrgId vendor;
  DeviceId device;
  int devices_per_node = 1;
  Sourced<Watts> full_power;  ///< Under load, all components, before PUE.
  Links links;                ///< As sold in this node; else as its device's datasheet says.
  /// Bus bandwidth of an all-reduce of large messages over all packages of one node: what a package
  /// sends, one direction. Unset: not measured.
  std::optional<Sourced<BytesPerSecond>> measured_allreduce;
  /// The same between nodes: what a whole node sends. Unset: not measured.
  std::optional<Sourced<BytesPerSecond>> measured_internode;
};

/// Power of one node that works `utilization` of the time, in [0, 1]:
///
///   full * (idle_share + (1 - idle_share) * utilization)
///
/// Requires: both shares in [0, 1]. Before PUE.
/// Source: linear server model, Fan, Weber, Barroso, ISCA 2007.
Watts node_power(const NodeSpec& node, double idle_share, double utilization);

}  // namespace chokepoint
