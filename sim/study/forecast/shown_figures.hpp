#pragma once

#include <compare>
#include <map>
#include <string>
#include <vector>

#include "chokepoint/v1/figures.pb.h"
#include "chokepoint/v1/scenario.pb.h"
#include "models/scoring/scores.hpp"
#include "models/world.hpp"
#include "sim/indicators/ledger.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// The last year that published figures cover to its end.
int last_published_year(const pb::Scenario& scenario);

/// A published figure.
struct ShownKey {
  std::string series, figure;  ///< Their names.
  auto operator<=>(const ShownKey&) const = default;
};
ShownKey shown_key(const ObservedSeries& series, const ObservedFigure& figure);

/// What a run shows for published figures.
using ShownFigures = std::map<ShownKey, double>;

/// What the run in `ledger` shows for every published figure of a period that it covers.
ShownFigures shown_figures(const World& world, const Ledger& ledger);

/// Adds them to what a run found, and takes them from there.
void add_shown(const ShownFigures& figures, pb::RunFigures& found);
ShownFigures shown_in(const pb::RunFigures& found);

/// The scale on which a series is scored: shares as ratios, the rest as log(1 + x / scale).
Transform transform_of(const ObservedSeries& series);

/// True where the period of a figure was over on `origin`. What is published later about a time
/// that was over counts as known: the state of the world on the day of a forecast is taken as it
/// was.
bool is_known(const ObservedFigure& figure, Date origin);

/// Which published figures a run is held against. What is an input of the scenario or derived from
/// other figures never counts.
enum class HeldAgainst {
  Calibration,  ///< Those for fitting alone.
  Published     ///< Those for validation as well: they too were public.
};

/// How far a run is from what was published: root mean square, over series, of the mean error on
/// their figures of `held` that were known by `origin`. Every series weighs the same, whatever
/// number of figures it has; so do sources of one figure. 0 where there is none. Never looks at
/// other figures.
double misfit(const World& world, const ShownFigures& run, Date origin, HeldAgainst held);

/// History matching: indices of the draws that agree with all that was published by `origin`, the
/// best first. Those are kept whose misfit is within 1.5 times that of the best, and a third of all
/// at least. All weigh the same, so that the effective sample size is their number.
std::vector<std::size_t> kept_draws(const World& world, const std::vector<ShownFigures>& draws,
                                    Date origin);

}  // namespace chokepoint
