#pragma once

#include "sim/scenario/reading.hpp"

namespace chokepoint {

/// Reads `supplies`, `orders` and `market`. Requires: devices and sites are read.
void read_market(Reading& reading);

}  // namespace chokepoint
