#pragma once

#include <simgrid/forward.h>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "models/network/network_graph.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// Devices and lanes of an graph as SimGrid's hosts and links; the only place of this folder
/// where a quantity becomes a double of SimGrid's. SimGrid asks the graph for routes, so
/// that there is no table of them.
///
/// Lanes have no latency: SimGrid would share them by its inverse, as TCP does. Who starts a flow
/// waits that long first.
class LanePlatform {
public:
  /// Builds and seals the platform of these devices and of the lanes between them that `pairs`
  /// need, nothing else. Requires: every pair has a route; SimGrid is configured and has no
  /// platform; `graph` outlives SimGrid's engine.
  LanePlatform(const NetworkGraph& graph,
               const std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs);

  /// A flow of whole bytes between two devices of a pair; not started.
  simgrid::s4u::CommPtr flow(std::uint32_t from, std::uint32_t to, Bytes bytes) const;

private:
  std::unordered_map<std::uint32_t, simgrid::s4u::Host*> hosts_;  // By device; looked up alone.
};

}  // namespace chokepoint
