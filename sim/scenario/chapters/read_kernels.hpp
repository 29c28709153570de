#pragma once

#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// Reads versions of stacks with what they have kernels for, and what an operator without one
/// costs.
void read_kernels(Reading& reading);

}  // namespace chokepoint
