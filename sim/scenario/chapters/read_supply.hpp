#pragma once

#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// Reads `supply_stages`, `supply_flows`, `supply_components`, `bills` and `contracts`.
/// Requires: devices, orgs and items are read.
void read_supply(Reading& reading);

}  // namespace chokepoint
