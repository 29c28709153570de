#pragma once

#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// Reads `devices`.
void read_devices(Reading& reading);

/// Reads `nodes`. The power of a node that states none is its share of the unit's power, else the
/// devices' TDP times 1.5, for hosts, fans and losses; zero where neither is known.
/// Requires: devices are read.
void read_nodes(Reading& reading);

}  // namespace chokepoint
