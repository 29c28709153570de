#pragma once

#include <cstdint>

#include "sim/scenario/compose/compose.hpp"

namespace chokepoint {

/// Puts rules that may come into force, as one draw of what was not known: for each outlook a day
/// after `policy_as_of` (or `as_of`), in a stream of its own, as PolicyOutlook says. A day after
/// the scenario's end is no rule. Nothing where all that came is known. Outlooks that are wrong are
/// left to the reader. `drawn` are the values of figures in this draw.
void take_outlooks(pb::Scenario& scenario, std::uint64_t seed, int draw,
                   const StandIns& drawn = {});

}  // namespace chokepoint
