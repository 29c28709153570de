#include "models/serving/transfer_fabric.hpp"

#include <algorithm>
#include <cassert>

namespace chokepoint {
namespace {

bool changes(const TransferFabric& fabric, const FleetSpec& spec, std::size_t from,
             std::size_t to) {
  const PoolSpec &reads = spec.pools[from], &decodes = spec.pools[to];
  return fabric.pools[from].layout != fabric.pools[to].layout ||
         reads.kv_per_token != decodes.kv_per_token ||
         reads.kv_per_sequence != decodes.kv_per_sequence;
}

std::string pools_named(std::size_t from, std::size_t to) {
  return "from pool " + std::to_string(from) + " to pool " + std::to_string(to) + ": ";
}

// Of caches that go from one pool to another.
std::string path_complaint(const TransferFabric& fabric, const FleetSpec& spec, std::size_t from,
                           std::size_t to) {
  std::string found;
  const bool crosses = fabric.pools[from].fabric != fabric.pools[to].fabric;
  if (crosses && fabric.boundary <= BytesPerSecond{}) {
    found += pools_named(from, to) + "the boundary between fabrics has no bandwidth; ";
  }
  if (!changes(fabric, spec, from, to)) return found;
  const KvTransfer longest{0, 0, 0, cache_of_prompt(spec.pools[from], 1'000'000),
                           cache_of_prompt(spec.pools[to], 1'000'000)};
  const KvTransfer shortest{0, 0, 0, cache_of_prompt(spec.pools[from], 1),
                            cache_of_prompt(spec.pools[to], 1)};
  for (const KvTransfer& transfer : {longest, shortest}) {
    const CachePath path = cache_path(fabric, from, to, transfer);
    const std::size_t who = path.converted_before > Bytes{} ? from : to;
    if (fabric.pools[who].conversion > BytesPerSecond{}) continue;
    found += pools_named(from, to) + "caches are changed by pool " + std::to_string(who) +
             ", which has no rate of conversion; ";
    break;
  }
  return found;
}

std::string links_complaint(const PoolLinks& links, std::size_t pool) {
  std::string found;
  const std::string name = "links of pool " + std::to_string(pool) + ": ";
  if (!(links.bandwidth > BytesPerSecond{})) found += name + "bandwidth is not positive; ";
  if (links.replicas_per_host < 1) found += name + "replicas_per_host is below 1; ";
  if (!(links.latency >= Seconds{})) found += name + "latency is negative; ";
  return found;
}

}  // namespace

PoolLinks pool_links(const Links& links, int node_devices, int replica_devices, double attained) {
  assert(links.scaleout && node_devices >= 1 && replica_devices >= 1);
  PoolLinks made;
  made.replicas_per_host = std::max(node_devices / replica_devices, 1);
  made.bandwidth = links.scaleout->value * (attained * std::max(node_devices, replica_devices));
  return made;
}

CachePath cache_path(const TransferFabric& fabric, std::size_t from, std::size_t to,
                     const KvTransfer& transfer) {
  const PoolLinks &reads = fabric.pools[from], &decodes = fabric.pools[to];
  CachePath made;
  made.travels = std::min(transfer.bytes, transfer.kept);
  made.latency = reads.latency + decodes.latency;
  if (reads.fabric != decodes.fabric) made.latency += fabric.boundary_latency;
  if (reads.layout == decodes.layout && transfer.bytes == transfer.kept) return made;
  const bool shrinks = transfer.bytes > transfer.kept;
  (shrinks ? made.converted_before : made.converted_after) = transfer.bytes + transfer.kept;
  return made;
}

std::string fabric_complaint(const TransferFabric& fabric, const FleetSpec& spec) {
  if (fabric.pools.size() != spec.pools.size()) {
    return "links of " + std::to_string(fabric.pools.size()) + " pools, the fleet has " +
           std::to_string(spec.pools.size());
  }
  std::string found;
  for (std::size_t i = 0; i < fabric.pools.size(); ++i) {
    if (spec.pools[i].role != PoolRole::Whole) found += links_complaint(fabric.pools[i], i);
  }
  if (!(fabric.boundary_latency >= Seconds{})) found += "boundary_latency is negative; ";
  for (std::size_t from = 0; from < spec.pools.size(); ++from) {
    for (std::size_t to = 0; to < spec.pools.size(); ++to) {
      if (spec.pools[from].role != PoolRole::Prefill || spec.pools[to].role != PoolRole::Decode) {
        continue;
      }
      found += path_complaint(fabric, spec, from, to);
    }
  }
  if (!found.empty()) found.resize(found.size() - 2);
  return found;
}

}  // namespace chokepoint
