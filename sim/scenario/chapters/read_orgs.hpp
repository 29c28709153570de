#pragma once

#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// Reads the parties: `orgs`, and the classes of buyers that they are in.
void read_orgs(Reading& reading);

}  // namespace chokepoint
