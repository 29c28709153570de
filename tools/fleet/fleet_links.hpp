#pragma once

#include "models/serving/transfer_fabric.hpp"
#include "tools/fleet/fleet_plan.hpp"

namespace chokepoint {

/// The network between pools of a fleet that read and that decode apart. Replicas in one node share
/// its network cards, at the share that links between servers attain, unless the file states
/// transfer_gbit_s of each. Sites are fabrics of their own, joined by the slowest link that the
/// file writes, else by the slowest host's cards. Pools on other software stacks, in other formats
/// or blocks lay caches out in their own way: who changes one reads and writes its memory for it.
/// Requires: pools of both roles.
TransferFabric fabric_of(const Cluster& cluster, const PlannedFleet& fleet);

}  // namespace chokepoint
