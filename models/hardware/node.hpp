#pragma once

#include <string>

#include "models/ids.hpp"
#include "models/sourced.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// One server: devices of one kind and what feeds them.
struct NodeSpec {
  std::string name;
  OrgId vendor;
  DeviceId device;
  int devices_per_node = 1;
  Sourced<Watts> full_power;  ///< Under load, all components, before PUE.
};

/// Power of one node that works `utilization` of the time, in [0, 1]:
///
///   full * (idle_share + (1 - idle_share) * utilization)
///
/// Requires: both shares in [0, 1]. Before PUE.
/// Source: linear server model, Fan, Weber, Barroso, ISCA 2007.
Watts node_power(const NodeSpec& node, double idle_share, double utilization);

}  // namespace chokepoint
