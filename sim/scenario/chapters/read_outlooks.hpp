#pragma once

#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// Checks what rules may yet come. Nothing of it enters the world: draws make rules of it. Needs
/// read_policy().
void check_outlooks(Reading& reading);

}  // namespace chokepoint
