#pragma once

#include "sim/scenario/reading.hpp"

namespace chokepoint {

/// Reads `rules` and `licenses`. Requires: orgs are read.
void read_policy(Reading& reading);

}  // namespace chokepoint
