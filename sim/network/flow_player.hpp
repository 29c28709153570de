#pragma once

#include <cstdint>
#include <vector>

#include "models/network/flow_schedule.hpp"

namespace chokepoint {

/// A schedule of flows that begins with the others.
struct FlowJob {
  FlowSchedule schedule;
  bool repeats =
      false;  ///< Begins again when it has ended, for as long as one that does not goes on.
};

/// When a job was where.
struct PlayedJob {
  Seconds end;                      ///< Of its first round.
  std::vector<Seconds> phase_ends;  ///< Of that.
};

/// Plays jobs side by side on `graph` as flows of SimGrid's, which share lanes by max-min
/// fairness; dates count from their common beginning.
///
/// In SimGrid's terms: see FabricTransfers. What without_twins() leaves out is not played. A
/// simulation of its own: in another process than any other, since SimGrid's clock does not start
/// again.
/// Requires: a job that does not repeat; schedules with phases; every flow between different
/// devices with a route. Throws std::logic_error where another simulation of this process is under
/// way.
std::vector<PlayedJob> play_flows(const NetworkGraph& graph, const std::vector<FlowJob>& jobs);

}  // namespace chokepoint
