#pragma once

#include "sim/scenario/reading.hpp"

namespace chokepoint {

/// Reads `ripening` and `maturities`. Requires: stacks are read.
void read_ripening(Reading& reading);

}  // namespace chokepoint
