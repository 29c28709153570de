#pragma once

#include <functional>
#include <vector>

#include "chokepoint/v1/figures.pb.h"
#include "sim/indicators/figures.hpp"
#include "sim/scenario/compose/compose.hpp"
#include "sim/study/forecast/shown_figures.hpp"

namespace chokepoint {

/// Runs one draw; 0 is the scenario itself: its yearly figures, and what it shows for published
/// ones. Once in a process; spends `composed`. Throws as world_from() does.
pb::RunFigures figures_of_draw(Composed&& composed, int draw);

/// Draws of a scenario, and those of them that bands are made of.
struct Ensemble {
  std::vector<int> numbers;     ///< Which draw each one is, rising from 1.
  std::vector<Figures> yearly;  ///< Its yearly_figures().
  int drawn = 0;                ///< Before those were left out that do not agree with history.
};

/// How far a run is from the middle of an ensemble: over all figures that differ among draws, the
/// mean of the distance to the median in parts of the middle 90 %, at most 1 each.
double distance_to_middle(const Figures& run, const Ensemble& ensemble);

/// Number of the draw that is nearest to the middle: the one to look at for how a world goes that
/// is like the medians. Requires: some draw.
int nearest_draw(const Ensemble& ensemble);

/// Which of `draws` bands are made of, rising: all, or where figures were published and not
/// `keep_all`, those that kept_draws() keeps on the day on which the world `known` stands.
std::vector<std::size_t> draws_for_bands(const World& known, const std::vector<ShownFigures>& draws,
                                         bool keep_all);

/// How an ensemble comes about.
struct EnsembleMethod {
  int draws = 0;
  int workers = 1;
  bool keep_all = false;  ///< As draws_for_bands() has it.
};

/// Runs draws 1 to `draws` of `composed`, each in a process of its own. What was published up to
/// the day on which the scenario stands decides which are kept. `told(done)` after each. Throws as
/// world_from() does.
Ensemble drawn_ensemble(Composed composed, const EnsembleMethod& method,
                        const std::function<void(int done)>& told);

}  // namespace chokepoint
