#include "tools/graph/rank_placement.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <utility>

#include "models/find_named.hpp"

namespace chokepoint {
namespace {

TrainingCoefficients coefficients_of(const DeviceSpec& device, const TrainingWorld& world) {
  const DeviceSpec* known = find_named(world.devices, device.name);
  if (known == nullptr) return {};
  return world.figures.of(usual_training_keys(*known, world.catalog()));
}

// Without layers: only what a device attains is asked of it.
const Transformer& no_model() {
  static const Transformer none = [] {
    Transformer one;
    one.layers = 1;
    return one;
  }();
  return none;
}

struct AttainedRates {
  FlopsPerSecond products;
  BytesPerSecond stream;
};

AttainedRates rates_on(const DeviceSpec& device, const TrainingCoefficients& coefficients) {
  const TrainingSystem system{no_model(), device, interconnect_of(device), false, {}, coefficients};
  const TrainingRates rates(system, TrainingFormat::Bf16);
  return {rates.large_products(), rates.stream()};
}

RankPool rank_pool(const World& world, PoolId id, const TrainingWorld& figures) {
  const Pool& pool = world.pools[id.value];
  const DeviceSpec& device = world.devices[pool.device.value];
  const NodeSpec& node = world.nodes[pool.node.value];
  RankPool made;
  made.id = id;
  made.name = pool.name;
  made.device_name = device.name;
  made.devices = devices_of(world, id);
  made.links = interconnect_of(device, node);
  made.is_mesh = node.links.shape == ScaleupShape::FullMesh;
  made.coefficients = coefficients_of(device, figures);
  const AttainedRates rates = rates_on(device, made.coefficients);
  made.products = rates.products;
  made.peak = *device.peaks.bf16;
  made.stream = rates.stream;
  return made;
}

}  // namespace

FlopsPerSecond large_products_on(const DeviceSpec& device, const TrainingWorld& world) {
  return rates_on(device, coefficients_of(device, world)).products;
}

RankPlacement::RankPlacement(const Cluster& cluster, const TrainingWorld& world) {
  for (std::uint32_t i = 0; i < cluster.world.pools.size(); ++i) {
    const DeviceSpec& device = cluster.world.devices[cluster.world.pools[i].device.value];
    if (!device.peaks.bf16 || !device.memory || !device.memory_bandwidth) continue;
    RankPool pool = rank_pool(cluster.world, PoolId{i}, world);
    devices_ += pool.devices;
    if (pool.devices > 0) pools_.push_back(std::move(pool));
  }
}

RankPlacement::Where RankPlacement::where(int rank) const {
  assert(rank >= 0 && rank < devices_);
  std::size_t pool = 0;
  while (rank >= pools_[pool].devices) rank -= pools_[pool++].devices;
  return {pool, rank / std::max(pools_[pool].links.domain, 1)};
}

const RankPool& RankPlacement::pool_of(int rank) const {
  return pools_[where(rank).pool];
}

double RankPlacement::congestion_of(int ranks) const {
  double servers = 0, congestion = 0;
  int left = ranks;
  for (const RankPool& pool : pools_) {
    if (left <= 0) break;
    const double here = std::min(left, pool.devices);
    servers += here / std::max(pool.links.domain, 1);
    congestion = std::max(congestion, pool.coefficients.congestion);
    left -= pool.devices;
  }
  return 1 + congestion * std::log2(std::max(servers, 1.0));
}

Hierarchy RankPlacement::fabric_of(const std::vector<int>& ranks) const {
  std::map<std::pair<std::size_t, int>, int> of_domain;
  for (const int rank : ranks) {
    const Where at = where(rank);
    ++of_domain[{at.pool, at.domain}];
  }
  Hierarchy fabric;
  fabric.inner_ranks = static_cast<double>(ranks.size());
  bool is_first = true;
  for (const auto& [at, count] : of_domain) {
    const RankPool& pool = pools_[at.first];
    const TrainingCoefficients& c = pool.coefficients;
    double share = c.tensor_link;
    const double domain = pool.links.domain;
    if (pool.is_mesh && count > 1 && count < domain) share *= (count - 1) / (domain - 1);
    const Seconds hop{c.hop_us * 1e-6};
    const Fabric inner{pool.links.scaleup * share, hop, hop * 2.0};
    const Fabric outer{pool.links.scaleout * c.outer_link, hop, hop * 2.0};
    const auto lesser = [&](Fabric& of, const Fabric& other) {
      of = is_first ? other
                    : Fabric{std::min(of.bandwidth, other.bandwidth), std::max(of.hop, other.hop),
                             std::max(of.phase, other.phase)};
    };
    lesser(fabric.inner, inner);
    lesser(fabric.outer, outer);
    fabric.inner_ranks = std::min(fabric.inner_ranks, static_cast<double>(count));
    is_first = false;
  }
  return fabric;
}

}  // namespace chokepoint
