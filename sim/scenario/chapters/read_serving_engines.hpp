#pragma once

#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// Reads serving engines, their coefficients and how far their predictions were from measurements.
void read_serving_engines(Reading& reading);

}  // namespace chokepoint
