#pragma once

#include <simgrid/forward.h>
#include <cstdint>
#include <vector>

#include "models/serving/transfer_fabric.hpp"

namespace chokepoint {

/// The network of a fleet as SimGrid's hosts and links; the only place of this folder where a
/// quantity becomes a double of SimGrid's.
///
/// A replica is a host, whose one core changes caches. Replicas that share network cards share one
/// link each way to the middle of their fabric, which never binds; between any two fabrics lies one
/// line. Links have no latency: SimGrid would share them by its inverse, as TCP does and no fabric
/// for caches. Who starts a flow waits that long first.
class FabricPlatform {
public:
  /// Builds and seals the platform. Requires: fabric_complaint() empty; SimGrid is configured and
  /// has no platform.
  FabricPlatform(const FleetSpec& spec, const TransferFabric& fabric);

  std::size_t pool_of(std::uint32_t replica) const { return pools_[replica]; }

  /// A flow of whole bytes from one replica to another; not started.
  simgrid::s4u::CommPtr flow(std::uint32_t from, std::uint32_t to, Bytes size) const;
  /// A replica reads and writes that much to change a cache; not started.
  simgrid::s4u::ExecPtr conversion(std::uint32_t replica, Bytes moved) const;

private:
  void build_pool(std::size_t pool, simgrid::s4u::NetZone* zone, const PoolLinks& links);

  std::vector<simgrid::s4u::Host*> hosts_;  // By replica.
  std::vector<std::size_t> pools_;          // By replica.
  std::vector<std::uint32_t> firsts_;       // Replicas, by pool.
};

}  // namespace chokepoint
