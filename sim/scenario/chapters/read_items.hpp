#pragma once

#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// What rules look at: an item for every device, and those that are written for rules alone. Needs
/// orgs and devices; before rules, so that they know the types there are.
void read_items(Reading& reading);

}  // namespace chokepoint
