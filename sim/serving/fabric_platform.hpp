#pragma once

#include <simgrid/forward.h>
#include <cstdint>
#include <vector>

#include "models/network/network_graph.hpp"
#include "models/serving/transfer_fabric.hpp"
#include "sim/network/lane_platform.hpp"

namespace chokepoint {

/// The network of a fleet as SimGrid's hosts and links.
///
/// A replica is a device, whose one core changes caches. Replicas that share network cards share
/// one link each way to the middle of their fabric, which never binds; between any two fabrics lies
/// one line. Who starts a flow waits for its latency first: see LanePlatform.
class FabricPlatform {
public:
  /// Builds and seals the platform. Requires: fabric_complaint() empty; SimGrid is configured and
  /// has no platform.
  FabricPlatform(const FleetSpec& spec, const TransferFabric& fabric);

  std::size_t pool_of(std::uint32_t replica) const { return pools_[replica]; }
  /// Replicas are its devices.
  const NetworkGraph& graph() const { return graph_; }

  /// A flow of whole bytes from one replica to another; not started.
  simgrid::s4u::CommPtr flow(std::uint32_t from, std::uint32_t to, Bytes size) const;
  /// A replica reads and writes that much to change a cache; not started.
  simgrid::s4u::ExecPtr conversion(std::uint32_t replica, Bytes moved) const;

private:
  std::vector<std::size_t> pools_;  // By replica.
  NetworkGraph graph_;
  LanePlatform lanes_;
};

}  // namespace chokepoint
