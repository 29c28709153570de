#include "models/cluster/played_pools.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {

PlayedPools::PlayedPools(const std::vector<JobPool>& pools, std::size_t jobs)
    : shares_(jobs), uses_(pools.size()) {
  for (const JobPool& pool : pools) nodes_.emplace_back(pool.nodes, pool.per_node);
}

void PlayedPools::go_to(Milliseconds when) {
  assert(when >= now_);
  const auto passed = static_cast<double>(when - now_);
  for (std::size_t p = 0; p < nodes_.size(); ++p) {
    uses_[p].busy += passed * (nodes_[p].all() - nodes_[p].free());
    uses_[p].stranded += passed * nodes_[p].stranded();
  }
  now_ = when;
}

bool PlayedPools::nothing_is_free() const {
  return std::ranges::all_of(nodes_, [](const DeviceNodes& nodes) { return nodes.free() == 0; });
}

int PlayedPools::take(std::uint32_t job, std::uint32_t pool, int devices) {
  assert(shares_[job].empty());
  shares_[job] = nodes_[pool].take(devices);
  std::vector<int> nodes;
  for (const NodeShare& share : shares_[job]) nodes.push_back(share.node);
  std::ranges::sort(nodes);
  return static_cast<int>(std::unique(nodes.begin(), nodes.end()) - nodes.begin());
}

void PlayedPools::give(std::uint32_t job, std::uint32_t pool) {
  nodes_[pool].give(shares_[job]);
  shares_[job] = {};
}

Milliseconds lasts_on(const JobPool& pool, Milliseconds time) {
  if (pool.speed == 1) return time;
  return static_cast<Milliseconds>(std::ceil(static_cast<double>(time) / pool.speed));
}

}  // namespace chokepoint
