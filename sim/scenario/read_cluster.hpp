#pragma once

#include "sim/scenario/reading.hpp"

namespace chokepoint {

/// Reads `sites` with their pools and stocks. Requires: nodes are read.
void read_sites(Reading& reading);

}  // namespace chokepoint
