#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/hardware/node.hpp"
#include "models/serving/fleet_spec.hpp"
#include "models/serving/kv_transfer.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// How replicas of a pool reach those of others. A host is what shares network cards: a node with
/// one replica or several, or all nodes of one replica.
struct PoolLinks {
  BytesPerSecond bandwidth{};          ///< Of a host's cards together, one direction; positive.
  std::int64_t replicas_per_host = 1;  ///< At least 1.
  Seconds latency{};                   ///< From a replica to the middle of its fabric.
  std::uint32_t fabric = 0;            ///< Pools of other numbers are behind the boundary.
  /// How caches are laid out in blocks and formats: of other numbers they are changed on the way.
  std::uint32_t layout = 0;
  /// Bytes that a replica reads and writes per second as it changes a cache; positive where it
  /// does so.
  BytesPerSecond conversion{};
};

/// The network that hands caches over from replicas that read prompts to those that decode.
struct TransferFabric {
  std::vector<PoolLinks> pools;  ///< Of the fleet's pools, one for each.
  /// Between any two fabrics, one direction, shared by all that crosses it; positive where pools
  /// are in several.
  BytesPerSecond boundary{};
  Seconds boundary_latency{};
};

/// Links of a pool whose replicas have `replica_devices` packages each in nodes of
/// `node_devices`: as many replicas as fit share a node's cards, and one larger than a node has
/// those of all of its own. Of `links`, scaleout known, is one package's share; of that `attained`
/// in (0, 1].
PoolLinks pool_links(const Links& links, int node_devices, int replica_devices, double attained);

/// What hands one cache over.
struct CachePath {
  Bytes travels;  ///< Over the links: as the side keeps it that needs less.
  Seconds latency;
  Bytes converted_before;  ///< Read and written by the replica that read the prompt,
  Bytes converted_after;   ///< and by the one that decodes.
};

/// Of `transfer` from a pool to another, by number. Where their layouts differ, or what they keep,
/// the side that keeps more changes the cache, the one that decodes where both keep as much.
CachePath cache_path(const TransferFabric& fabric, std::size_t from, std::size_t to,
                     const KvTransfer& transfer);

/// All that keeps `fabric` from handing over caches of `spec`, joined by "; "; empty where nothing
/// does.
std::string fabric_complaint(const TransferFabric& fabric, const FleetSpec& spec);

}  // namespace chokepoint
