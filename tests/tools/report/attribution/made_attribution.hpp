#pragma once

#include "sim/study/causes/attribution.hpp"

namespace chokepoint {

/// Packages that are delivered in the mainland.
Figures delivered(double in_2024, double in_2025);

/// "base" with 1000 and "other" with 5000 packages in 2025, and as many in 2024.
///
/// Two levers: r alone makes 3000 of them, s alone 1000 (none), both 5000. Of the 4000 that differ
/// r accounts for 3000, s for 1000. Off in both runs, rule r accounts for 2000, quota q for 500,
/// memory for nothing; seven more were not tried.
Attribution made_attribution();

}  // namespace chokepoint
