#pragma once

#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// Reads `stacks` and `priors`; once all are right, what each device attains. Priors of every class
/// are required as soon as there is something to compute: a reference. Requires: devices are read.
void read_software(Reading& reading);

}  // namespace chokepoint
