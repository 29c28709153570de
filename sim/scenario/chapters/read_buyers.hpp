#pragma once

#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// Reads `offers`, `buyers`, `choice` and `grey_routes`, and gives every buyer a blanket order for
/// every device that is on sale where its site stands. Requires: supplies and orders are read.
void read_buyers(Reading& reading);

}  // namespace chokepoint
