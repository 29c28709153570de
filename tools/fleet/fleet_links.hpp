#pragma once

#include "models/serving/transfer_fabric.hpp"
#include "tools/fleet/fleet_plan.hpp"

namespace chokepoint {

/// How replicas of a pool reach others, as fabric_of() has it but for the numbers of fabrics and of
/// layouts.
PoolLinks links_of(const PlannedPool& pool, const ServedFleet& served);

/// The network between pools of a fleet that read and that decode apart. Replicas in one node share
/// its network cards, at the share that links between servers attain, unless the file states
/// transfer_gbit_s of each. Sites are fabrics of their own, joined by the slowest link that the
/// file writes, else by the slowest cards of a host that reads or decodes alone. Pools on other
/// software stacks, in other formats or blocks lay caches out in their own way: who changes one
/// reads and writes its memory for it. Requires: pools of both roles.
TransferFabric fabric_of(const Cluster& cluster, const PlannedFleet& fleet);

}  // namespace chokepoint
