#include "sim/zoom/zoomed_site.hpp"

#include <cassert>

namespace chokepoint {
namespace {

void play_service(const World& study, ServiceId id, const std::vector<NodeCount>& powered,
                  const PlayBounds& bounds, PlayedSite& site) {
  const InferenceService& service = study.services[id.value];
  std::vector<PlayedShare> shares;
  TokensPerSecond all;
  for (const PoolShare& share : service.shares) {
    const Pool& pool = study.pools[share.pool.value];
    const int per_node = study.nodes[pool.node.value].devices_per_node;
    const double devices = share.share * static_cast<double>(powered[share.pool.value]) * per_node;
    auto group = replica_group(study, id, share.pool, devices);
    if (!group) continue;
    all += group->capacity;
    shares.push_back({*group, {}, {}});
  }
  for (PlayedShare& share : shares) {
    const double part = share.group.capacity / all;
    std::vector<DemandWindow> windows = service.windows;
    for (DemandWindow& window : windows) {
      window.demand = window.demand * part;
      share.demand += window.demand;
    }
    share.played = play_group(study, share.group, windows, bounds);
    site.served += share.played.served;
    site.shares.push_back(share);
  }
}

// Node-seconds at full load, beyond what idle nodes draw.
std::vector<Seconds> worked(const World& study, const PlayedSite& site) {
  std::vector<Seconds> busy(study.pools.size());
  for (const GangStay& stay : site.stays) {
    busy[stay.pool.value] += static_cast<double>(stay.nodes.size()) * (stay.until - stay.from);
  }
  for (const PlayedShare& share : site.shares) {
    const PoolId pool = share.group.pool;
    const double per_node = study.nodes[study.pools[pool.value].node.value].devices_per_node;
    const double nodes =
        static_cast<double>(share.group.replicas) * share.group.plan.devices() / per_node;
    busy[pool.value] += nodes * share.played.busy_share * study.horizon();
  }
  return busy;
}

}  // namespace

std::vector<NodeCount> powered_at_start(const World& study) {
  std::vector<double> packages(study.pools.size(), 0.0);
  for (const ChipStock& stock : study.stocks) packages[stock.pool.value] += stock.units.value;
  std::vector<NodeCount> nodes;
  std::vector<Watts> power;
  for (std::size_t i = 0; i < study.pools.size(); ++i) {
    const NodeSpec& node = study.nodes[study.pools[i].node.value];
    nodes.push_back(complete_nodes(packages[i], node.devices_per_node));
    power.push_back(node.full_power.value * study.sites.front().pue.value);
  }
  return power_in_order(nodes, power, study.sites.front().power_cap.value);
}

PlayedSite play_site(const World& study, const PlayBounds& bounds) {
  assert(study.sites.size() == 1);
  const std::vector<NodeCount> powered = powered_at_start(study);
  PlayedSite site;
  site.stays = play_gangs(study, powered);
  for (const GangStay& stay : site.stays) site.trained += stay.trained;
  for (std::uint32_t i = 0; i < study.services.size(); ++i) {
    play_service(study, ServiceId{i}, powered, bounds, site);
  }
  const Site& stands = study.sites.front();
  const std::vector<Seconds> busy = worked(study, site);
  for (std::size_t i = 0; i < study.pools.size(); ++i) {
    const NodeSpec& node = study.nodes[study.pools[i].node.value];
    const Watts idle = node_power(node, stands.idle_power_share.value, 0.0);
    const Watts full = node_power(node, stands.idle_power_share.value, 1.0);
    site.energy +=
        (static_cast<double>(powered[i]) * study.horizon() * idle + busy[i] * (full - idle)) *
        stands.pue.value;
  }
  return site;
}

}  // namespace chokepoint
