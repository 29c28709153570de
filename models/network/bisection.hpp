#pragma once

#include <cstdint>
#include <vector>

#include "models/network/network_graph.hpp"

namespace chokepoint {

/// A cut between two sets of devices: what may pass per second in one direction, and the lanes that
/// hold it back.
struct NetworkCut {
  BytesPerSecond bandwidth;
  std::vector<Lane> lanes;  ///< In order of their numbers.
};

/// The least cut from `from` to `to`, by maximum flow; every other device forwards nothing, as
/// ever. Devices themselves bind nothing. Requires: devices, none in both, neither empty.
NetworkCut least_cut(const NetworkGraph& graph, const std::vector<std::uint32_t>& from,
                     const std::vector<std::uint32_t>& to);

/// The least cut from the lower half of the devices to the upper one, where the middle device of an
/// odd number is in neither. Requires: two devices.
NetworkCut bisection(const NetworkGraph& graph);

}  // namespace chokepoint
