#pragma once

#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// Reads `observation_series`: what was published, and which deliveries each source counts.
/// Requires: devices and orgs are read.
void read_history(Reading& reading);

}  // namespace chokepoint
