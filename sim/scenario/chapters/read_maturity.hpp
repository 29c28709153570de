#pragma once

#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// Reads `maturation` and `maturities`. Requires: stacks are read.
void read_maturation(Reading& reading);

}  // namespace chokepoint
