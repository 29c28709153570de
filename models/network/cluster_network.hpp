#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/hardware/node.hpp"
#include "models/network/network_graph.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// Servers of one kind at one site, with what a package attains on its links.
struct ServerGroup {
  std::uint32_t devices = 0;         ///< Packages, of all its servers.
  std::uint32_t server_devices = 1;  ///< Packages of one server: the last may have fewer.
  std::uint32_t domain = 1;          ///< Packages that scale-up links reach, as sold.
  ScaleupShape shape = ScaleupShape::Switched;
  BytesPerSecond scaleup;   ///< All links of one package, one direction.
  BytesPerSecond scaleout;  ///< Its network card, one direction.
  std::uint32_t site = 0;
};

/// How network cards of a site are joined.
enum class ScaleoutShape {
  RailOptimised,  ///< Cards of the same place in their servers share leaf switches: rails.
  FatTree         ///< All cards of a server reach the same leaf switch.
};

/// Leaf and spine switches of a site, and how long messages travel.
struct ScaleoutDesign {
  ScaleoutShape shape = ScaleoutShape::RailOptimised;
  std::uint32_t leaf_ports = 32;  ///< Cards that a leaf switch takes; at least 1.
  /// Of a leaf switch: bandwidth to cards over bandwidth to spines; at least 1.
  double oversubscription = 1.0;
  Seconds scaleup_hop;  ///< Between packages of one domain; not negative.
  Seconds card_hop;     ///< Between packages behind one leaf switch; not negative.
  Seconds switch_hop;   ///< From switch to switch, added for each; positive.
  Spread spread = Spread::ByDestination;
};

/// A line between two sites, or points where lines meet.
struct SiteLine {
  std::uint32_t a = 0, b = 0;
  BytesPerSecond bandwidth;  ///< Each direction.
  Seconds latency;           ///< One way; positive.
};

/// What a cluster's network is made of.
struct ClusterNetworkSpec {
  std::vector<ServerGroup> groups;
  ScaleoutDesign scaleout;
  std::vector<SiteLine> lines;
};

/// A device's place in its cluster.
struct DevicePlace {
  std::uint32_t domain = 0;  ///< Numbered over the cluster.
  std::uint32_t leaf = 0;    ///< The vertex of its leaf switch.
  std::uint32_t site = 0;
  bool is_meshed = false;  ///< Scale-up links join pairs of packages, without a switch.
};

/// All that is wrong with `spec`, joined by "; "; empty where nothing is.
std::string network_complaint(const ClusterNetworkSpec& spec);

/// The network of a cluster. Devices are numbered in order of groups, and of servers within.
///
///   scale-up   switched: a switch per domain, a link of `scaleup` for each package
///              mesh:     a link of scaleup / (domain - 1) between any two packages
///   leaves     of rails: one per place in a server and `leaf_ports` servers
///              of trees: one per leaf_ports / server_devices servers, at least one
///   spines     max(1, round(leaf_ports / oversubscription)) for a site with several leaves, each
///              with an equal share of a leaf's bandwidth to cards over `oversubscription`
///   sites      a gateway that the site's switches reach, as wide as its lines together
///
/// A supernode is a domain that spans servers. A site whose servers are not all alike has leaves
/// for each group. PCIe trees count as switched at their stated bandwidth.
class ClusterNetwork {
public:
  /// Requires: network_complaint() empty.
  explicit ClusterNetwork(const ClusterNetworkSpec& spec);

  const NetworkGraph& graph() const { return graph_; }
  const DevicePlace& place(std::uint32_t device) const { return places_[device]; }
  /// What a vertex is: "device 12", "leaf 3 of site 0".
  std::string vertex_name(std::uint32_t vertex) const;
  /// Where a lane leads, such as "device 12 -> leaf 3 of site 0".
  std::string lane_name(Lane lane) const;

private:
  class Builder;
  explicit ClusterNetwork(Builder&& built);

  std::vector<DevicePlace> places_;
  NetworkGraph graph_;
  std::vector<std::string> switch_names_;
};

}  // namespace chokepoint
