#pragma once

#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// Reads `market.diversion` and `market.renting`: both off where they are not written. Requires:
/// names are taken down.
void read_evasion(Reading& reading);

}  // namespace chokepoint
