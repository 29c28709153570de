#pragma once

#include <vector>

#include "sim/network/flow_player.hpp"
#include "tests/sim/engine/in_child.hpp"

namespace chokepoint {

/// In seconds, of a simulation in a process of its own: by job, the ends of its phases.
inline std::vector<double> phase_ends(const NetworkGraph& graph, const std::vector<FlowJob>& jobs) {
  return in_child<double>([&] {
    std::vector<double> ends;
    for (const PlayedJob& played : play_flows(graph, jobs)) {
      for (const Seconds end : played.phase_ends) ends.push_back(end.value);
    }
    return ends;
  });
}

/// By job, when it ended.
inline std::vector<double> ends_of(const NetworkGraph& graph, const std::vector<FlowJob>& jobs) {
  return in_child<double>([&] {
    std::vector<double> ends;
    for (const PlayedJob& played : play_flows(graph, jobs)) ends.push_back(played.end.value);
    return ends;
  });
}

/// Of the first job.
inline double end_of(const NetworkGraph& graph, const std::vector<FlowJob>& jobs) {
  return ends_of(graph, jobs).front();
}

/// The flows of a collective of a group.
inline FlowSchedule flows_over(const ClusterNetwork& network,
                               const std::vector<std::uint32_t>& devices, CollectiveKind kind,
                               Bytes bytes) {
  const DeviceGroup group = group_of(network, devices);
  GroupCollectives collectives(network, group);
  return flows_of(collectives.plan(kind, bytes));
}

}  // namespace chokepoint
