#include "tools/fleet/fleet_links.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

namespace chokepoint {
namespace {

/// What two caches must have in common to be taken as they are.
using CacheLayout = std::tuple<StackId, NumericFormat, std::int64_t>;

/// Whether caches leave its replicas or reach them.
bool is_apart(const PlannedPool& pool) {
  return pool.asked.role != PoolRole::Whole;
}

void join_sites(const World& world, const PlannedFleet& fleet, TransferFabric& fabric) {
  const auto narrow = [&](BytesPerSecond to) {
    const bool is_first = fabric.boundary <= BytesPerSecond{};
    fabric.boundary = is_first ? to : std::min(fabric.boundary, to);
  };
  for (const LinkSpec& link : world.links) {
    narrow(link.bandwidth.value);
    fabric.boundary_latency = std::max(fabric.boundary_latency, link.latency.value);
  }
  if (!world.links.empty()) return;
  for (std::size_t i = 0; i < fleet.pools.size(); ++i) {
    if (is_apart(fleet.pools[i])) narrow(fabric.pools[i].bandwidth);
  }
}

}  // namespace

PoolLinks links_of(const PlannedPool& pool, const ServedFleet& served) {
  const ServingTask& task = pool.subject.task;
  const int devices = pool.subject.plan.devices();
  const int node = pool.subject.node != nullptr ? pool.subject.node->devices_per_node : devices;
  Links known;
  known.scaleout = Sourced<BytesPerSecond>{task.links.scaleout, {}};
  PoolLinks links = pool_links(known, node, devices, task.coefficients.outer_link);
  if (served.transfer_rate) {
    links.bandwidth = *served.transfer_rate;
    links.replicas_per_host = 1;
  }
  links.latency = served.transfer_latency * 0.5;
  links.conversion =
      *pool.subject.device->memory_bandwidth * (devices * task.coefficients.kv_bandwidth);
  return links;
}

TransferFabric fabric_of(const Cluster& cluster, const PlannedFleet& fleet) {
  const World& world = cluster.world;
  TransferFabric fabric;
  std::vector<CacheLayout> layouts;
  for (const PlannedPool& pool : fleet.pools) {
    PoolLinks links = links_of(pool, world.served);
    links.fabric = world.pools[pool.asked.pool.value].site.value;
    const CacheLayout layout{pool.subject.device->stack, pool.subject.plan.precision.kv,
                             pool.rules.block.tokens};
    const auto known = std::find(layouts.begin(), layouts.end(), layout);
    links.layout = static_cast<std::uint32_t>(known - layouts.begin());
    if (known == layouts.end()) layouts.push_back(layout);
    fabric.pools.push_back(links);
  }
  join_sites(world, fleet, fabric);
  return fabric;
}

}  // namespace chokepoint
