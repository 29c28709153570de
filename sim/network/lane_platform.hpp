#pragma once

#include <simgrid/forward.h>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "models/network/network_graph.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// Devices and lanes of a graph as SimGrid's hosts and links; the only place where flows become
/// SimGrid's. SimGrid asks the graph for routes, so that there is no table of them.
///
/// Lanes have no latency: SimGrid would share them by its inverse, as TCP does. Who starts a flow
/// waits that long first.
class LanePlatform {
public:
  /// Builds and seals the platform of all devices and lanes; the core of device i does `rates[i]`
  /// of anything per second, or 1 where that is nothing. Requires: SimGrid is configured and has no
  /// platform; `graph` outlives the last flow.
  LanePlatform(const NetworkGraph& graph, const std::vector<double>& rates);

  /// The same of these devices and of the lanes between them that `pairs` need, nothing else.
  /// Requires: every pair has a route.
  LanePlatform(const NetworkGraph& graph,
               const std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs);

  /// A flow of whole bytes between two devices with a route, of a pair where there are pairs; not
  /// started.
  simgrid::s4u::CommPtr flow(std::uint32_t from, std::uint32_t to, Bytes bytes) const;

  /// Of a device that is there.
  simgrid::s4u::Host* host(std::uint32_t device) const { return hosts_.at(device); }

private:
  std::unordered_map<std::uint32_t, simgrid::s4u::Host*> hosts_;  // By device; looked up alone.
};

}  // namespace chokepoint
