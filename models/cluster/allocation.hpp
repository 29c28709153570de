#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/hardware/node.hpp"
#include "models/ids.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// Nodes of one type at a site, as the scenario describes them.
struct Pool {
  /// What one host of the simulated platform stands for.
  enum class HostScale { OnePerPool, OnePerNode };

  std::string name;  ///< "site/pool".
  SiteId site;
  NodeTypeId node;
  DeviceId device;
  HostScale host_scale = HostScale::OnePerPool;
  double serving_share = 0.0;  ///< Sum of the services' shares, in [0, 1].
};

/// Nodes that stand somewhere: a fleet may have more than an int holds.
using NodeCount = std::int64_t;

/// Nodes that `packages` fill, at most 2^53: a larger number of packages is not exact.
/// Requires: packages >= 0, per_node >= 1.
NodeCount complete_nodes(double packages, int per_node);

/// Nodes of one pool at one moment.
struct PoolState {
  NodeCount powered_nodes = 0;
  NodeCount busy_nodes = 0;  ///< Held by training gangs.
  NodeCount down_nodes = 0;  ///< Broken, in repair, and held by nobody.
  NodeCount lent_nodes = 0;  ///< Of the services' share, what they lend, held by a gang or not.
  /// Of the services' share, what they lack since nothing has come in place of what broke there.
  NodeCount lacked_nodes = 0;
};

/// Nodes that a new gang may take: those powered, less the services' share (rounded up) but for
/// what they lend and lack, less those busy or down. Never negative.
NodeCount free_nodes(const Pool& pool, const PoolState& state);

/// Of those, the ones that no service lends.
NodeCount unlent_free_nodes(const Pool& pool, const PoolState& state);

/// Nodes of the services' share that gangs hold: those busy or down beyond the rest of the pool.
/// Nodes are alike: a gang holds lent ones while the others do not suffice.
NodeCount borrowed_nodes(const Pool& pool, const PoolState& state);

/// A waiting gang, in the order of its arrival.
struct GangRequest {
  JobId job;
  int devices = 0;
  std::vector<PoolId> pools;  ///< In order of preference.
};

/// Where a gang goes.
struct Placement {
  JobId job;
  PoolId pool;
  int nodes = 0;
};

/// The placement of the head of the queue, first come first served: the first pool of its list with
/// enough free nodes that nobody lends, else the first with enough of both, and whole nodes.
/// Nothing where the queue is empty, or where the head does not fit anywhere; then nobody behind it
/// may pass. states[i]: of pools[i]. nodes[i]: the node type NodeTypeId{i}.
std::optional<Placement> place_head(const std::vector<GangRequest>& queue,
                                    const std::vector<Pool>& pools,
                                    const std::vector<PoolState>& states,
                                    const std::vector<NodeSpec>& nodes);

/// Nodes that may be powered under a site's cap when `delivered[i]` of full power `power[i]` (PUE
/// included) arrived in that order: first come first powered, whole nodes, a later smaller node may
/// not pass an earlier one that does not fit. Result[i] <= delivered[i]; their sum of power <= cap.
/// Requires: powers positive.
std::vector<NodeCount> power_in_order(const std::vector<NodeCount>& delivered,
                                      const std::vector<Watts>& power, Watts cap);

}  // namespace chokepoint
