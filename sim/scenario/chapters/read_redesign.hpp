#pragma once

#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// Reads `design_knobs` and `redesign`. Requires: devices, software and the reference are read.
void read_redesign(Reading& reading);

}  // namespace chokepoint
