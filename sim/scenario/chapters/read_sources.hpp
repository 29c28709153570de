#pragma once

#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// Reads where figures come from: `sources`.
void read_sources(Reading& reading);

}  // namespace chokepoint
