#include "models/cluster/allocation.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {

NodeCount complete_nodes(double packages, int per_node) {
  assert(packages >= 0.0 && per_node >= 1);
  constexpr double kMost = 9'007'199'254'740'992.0;
  return static_cast<NodeCount>(std::floor(std::min(packages / per_node, kMost)));
}

namespace {

/// Of the services, in whole nodes, but for those that they lack.
NodeCount reserved_nodes(const Pool& pool, const PoolState& state) {
  // 0.07 * 100 is a little above 7 in floating point and must not reserve an eighth node.
  constexpr double kRounding = 1e-12;
  const double serving =
      std::ceil(static_cast<double>(state.powered_nodes) * pool.serving_share * (1.0 - kRounding));
  return std::max(NodeCount{0}, static_cast<NodeCount>(serving) - state.lacked_nodes);
}

using FreeNodes = NodeCount (*)(const Pool&, const PoolState&);

}  // namespace

NodeCount free_nodes(const Pool& pool, const PoolState& state) {
  const NodeCount kept = std::max(NodeCount{0}, reserved_nodes(pool, state) - state.lent_nodes);
  return std::max(NodeCount{0}, state.powered_nodes - kept - state.busy_nodes - state.down_nodes);
}

NodeCount unlent_free_nodes(const Pool& pool, const PoolState& state) {
  PoolState reserved = state;
  reserved.lent_nodes = 0;
  return free_nodes(pool, reserved);
}

NodeCount borrowed_nodes(const Pool& pool, const PoolState& state) {
  const NodeCount own = state.powered_nodes - reserved_nodes(pool, state);
  return std::max(NodeCount{0}, state.busy_nodes + state.down_nodes - own);
}

std::optional<Placement> place_head(const std::vector<GangRequest>& queue,
                                    const std::vector<Pool>& pools,
                                    const std::vector<PoolState>& states,
                                    const std::vector<NodeSpec>& nodes) {
  assert(states.size() == pools.size());
  if (queue.empty()) return std::nullopt;
  const GangRequest& head = queue.front();
  for (const FreeNodes free : {unlent_free_nodes, free_nodes}) {
    for (const PoolId id : head.pools) {
      const Pool& pool = pools[id.value];
      const int per_node = nodes[pool.node.value].devices_per_node;
      const int needed = (head.devices + per_node - 1) / per_node;
      if (needed <= free(pool, states[id.value])) return Placement{head.job, id, needed};
    }
  }
  return std::nullopt;
}

std::vector<NodeCount> power_in_order(const std::vector<NodeCount>& delivered,
                                      const std::vector<Watts>& power, Watts cap) {
  assert(delivered.size() == power.size());
  std::vector<NodeCount> powered(delivered.size(), 0);
  Watts left = cap;
  for (std::size_t i = 0; i < delivered.size(); ++i) {
    assert(power[i] > Watts{} && delivered[i] >= 0);
    const double fit = std::floor(left / power[i]);
    powered[i] = static_cast<NodeCount>(std::clamp(fit, 0.0, static_cast<double>(delivered[i])));
    const auto drawn = [&] { return static_cast<double>(powered[i]) * power[i]; };
    // The quotient may round up to a whole number that draws a little more than is left.
    if (drawn() > left) --powered[i];
    left -= drawn();
    if (powered[i] < delivered[i]) break;
  }
  return powered;
}

}  // namespace chokepoint
