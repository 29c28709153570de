#pragma once

#include <string>
#include <vector>

#include "models/scoring/hindcast.hpp"
#include "models/world.hpp"
#include "sim/study/forecast/shown_figures.hpp"

namespace chokepoint {

/// Every published figure beside what the run shows for it, series by series.
std::string figures_text(const World& world, const ShownFigures& run);

/// The score of every series against both naive forecasts; those with enough points by the day that
/// was stood at, and by source; then the worst points.
std::string hindcast_text(const Hindcast& scores);

/// Series with enough points, and those on which the model has the least interval score, and the
/// least median error.
struct Verdicts {
  int series = 0;
  int by_score = 0;
  int by_error = 0;
};
Verdicts verdicts_of(const Hindcast& scores);

}  // namespace chokepoint
