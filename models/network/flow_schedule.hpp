#pragma once

#include <cstdint>
#include <vector>

#include "models/network/group_collectives.hpp"

namespace chokepoint {

/// Bytes from one device to another.
struct DeviceFlow {
  std::uint32_t from = 0, to = 0;
  Bytes bytes;
};

/// Flows that begin together, `wait` after the phase before has ended.
struct FlowPhase {
  Seconds wait;
  std::vector<DeviceFlow> flows;
};

/// Phases one after the other.
using FlowSchedule = std::vector<FlowPhase>;

/// The flows of a plan, a phase for each stage: aggregated, one for each pair of devices.
FlowSchedule flows_of(const CollectivePlan& plan);

/// A ring all-reduce of `bytes` in each of `ranks` devices message by message: 2 (n-1) phases in
/// which each sends bytes/n to the next, after a hop. Requires: two devices at least.
FlowSchedule ring_steps(const std::vector<std::uint32_t>& ranks, Bytes bytes, Seconds hop);

/// `jobs` with fewer flows, and ends of phases as before: of parts of a phase that share no link
/// with each other, nor with another job, and are alike, the first is left. Alike are flows with
/// the same bytes over links of the same bandwidths, shared in the same way. Requires: every flow
/// has a route.
std::vector<FlowSchedule> without_twins(const NetworkGraph& graph,
                                        const std::vector<FlowSchedule>& jobs);

}  // namespace chokepoint
