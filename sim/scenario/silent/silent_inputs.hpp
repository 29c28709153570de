#pragma once

#include "models/world.hpp"
#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/text/diagnostics.hpp"

namespace chokepoint {

/// Adds a warning for every input that does nothing, or not what its author may think, with its
/// place and what to do:
///
///   a rule that a patch adds or changes, and that is off and that nothing begins
///   a curve with a point on the day that a rule had before it was moved: it does not follow
///   a training job that asks for more chips than ever come to any of its pools
///   chips that a pool has at the start and that fill no whole node
///   a pool whose site has no power for one node of it
///   storage of a site where nothing stops training jobs, so that nobody saves to it
///
/// Requires: `world` is that of `composed`.
void find_silent_inputs(const Composed& composed, const World& world, Diagnostics& found);

}  // namespace chokepoint
