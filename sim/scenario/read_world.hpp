#pragma once

#include <optional>

#include "models/world.hpp"
#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/text/diagnostics.hpp"

namespace chokepoint {

/// The world that a composed scenario describes: references resolved, ranges checked, units
/// converted, defaults applied. Reports everything wrong; returns nothing when there are errors.
/// Figures have the values that stand in for theirs.
std::optional<World> read_world(const Composed& composed, Diagnostics& found,
                                const StandIns& stand_ins = {});

/// As above for a file that others import, such as a catalogue: it may lack a start and an end, and
/// cannot be run then, since its horizon is zero. What its devices are worth is not worked out.
std::optional<World> read_catalog(const Composed& composed, Diagnostics& found);

}  // namespace chokepoint
