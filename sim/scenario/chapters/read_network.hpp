#pragma once

#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// Reads `exchanges` and `links`.
void read_network(Reading& reading);

}  // namespace chokepoint
