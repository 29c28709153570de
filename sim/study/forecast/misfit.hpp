#pragma once

#include <vector>

#include "models/scoring/scores.hpp"
#include "models/world.hpp"
#include "sim/study/forecast/shown_figures.hpp"

namespace chokepoint {

/// The scale on which a series is scored: shares as ratios, the rest as log(1 + x / scale).
Transform transform_of(const ObservedSeries& series);

/// True where the period of a figure was over on `origin`. What is published later about a time
/// that was over counts as known: the state of the world on the day of a forecast is taken as it
/// was.
bool is_known(const ObservedFigure& figure, Date origin);

/// How far a run is from what was published: root mean square, over series, of the mean error on
/// their `calibrate` figures that were known by `origin`. Every series weighs the same, whatever
/// number of figures it has; so do sources of one figure. 0 where there is none. Never looks at
/// other figures.
double misfit(const World& world, const ShownFigures& run, Date origin);

/// History matching: indices of the draws that agree with what was known, the best first. Those are
/// kept whose misfit is within twice that of the best, and a third of all at least.
std::vector<std::size_t> kept_draws(const World& world, const std::vector<ShownFigures>& draws,
                                    Date origin);

}  // namespace chokepoint
