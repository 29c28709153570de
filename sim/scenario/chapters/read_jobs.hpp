#pragma once

#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// Reads `training_jobs`. Requires: transformers, sites and links are read.
void read_training_jobs(Reading& reading);

/// Reads `services` and adds their shares to the pools. Requires: as above.
void read_services(Reading& reading);

}  // namespace chokepoint
