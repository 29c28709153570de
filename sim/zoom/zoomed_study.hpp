#pragma once

#include <string>

#include "sim/engine/site_watch.hpp"
#include "sim/scenario/compose/compose.hpp"

namespace chokepoint {

/// The cluster study of the site that `seen` looked at, a scenario of its own: the site with its
/// power cap and what has power of its pools, how fast their devices are with the stacks of that
/// day, jobs with what they have left, services with what was asked of them there, and of the rest
/// of `composed` what these rest on. Nothing is bought, built or ruled in it: what came to the site
/// or left it in these days is not there.
///
/// A job that might have run at another site as well runs here alone; copies of checkpoints stay
/// away. Requires: `seen` is of a run of `world`, which was read from `composed`.
pb::Scenario zoomed_study(const Composed& composed, const World& world, const WatchedSite& seen);

/// As a file has it, with a comment that says where it comes from.
std::string study_text(const pb::Scenario& study);

}  // namespace chokepoint
