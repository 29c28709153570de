#pragma once

#include <cstdint>

#include "chokepoint/v1/scenario.pb.h"
#include "sim/scenario/compose/compose.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// A scenario with other numbers, as one draw of what is not known; draw 0 is the scenario itself.
///
/// 1. One of its alternative worlds is taken, by their weights, of those that were public on its
///    `as_of`.
/// 2. Every figure with a range takes a value inside it. On the scale of the shape, the quantile is
///    standard normal, cut off at the 5 % and 95 % points that the range states:
///
///      value * (high / value)^(z / 1.645) for z > 0, value * (value / low)^(z / 1.645) below;
///      straight lines instead of powers where something is not positive
///
///    All points of a curve share their z, and so do the figures of one yield: who is wrong about
///    one of them is wrong about all. Published figures that the run is compared with stay.
/// 3. Where the rules of later days are not known, some come all the same: see take_outlooks().
///
/// Where the scenario names `saltelli_inputs`, draws are those of a design: see designed_draw().
///
/// Every figure has a stream of its own, named by its path: two scenarios with the same seed are
/// paired, figure by figure. `scenario` becomes that of the draw, but for its figures, whose values
/// are returned; they hold until it is changed or moved. Errors in the alternative world are in
/// `found`.
StandIns draw_in(pb::Scenario& scenario, std::uint64_t seed, int draw, Diagnostics& found);

/// The same with the values written into the figures, so that the scenario says all of the draw.
/// Their ranges stay.
void write_draw(pb::Scenario& scenario, std::uint64_t seed, int draw, Diagnostics& found);

/// The value of a figure at the standard normal quantile `z`, as above.
double value_at(const pb::Sourced& figure, double z);

/// Puts rules that may come into force, as one draw of what was not known: for each outlook a day
/// after `policy_as_of` (or `as_of`), in a stream of its own, as PolicyOutlook says. A day after
/// the scenario's end is no rule. Nothing where all that came is known. Outlooks that are wrong are
/// left to the reader. `drawn` are the values of figures in this draw.
void take_outlooks(pb::Scenario& scenario, std::uint64_t seed, int draw,
                   const StandIns& drawn = {});

}  // namespace chokepoint
