#pragma once

#include <map>
#include <string>
#include <vector>

#include "models/scoring/hindcast.hpp"
#include "models/world.hpp"
#include "sim/scenario/compose/explain.hpp"
#include "sim/study/causes/sensitivity.hpp"
#include "sim/study/forecast/ensemble.hpp"
#include "sim/study/forecast/fit.hpp"
#include "sim/study/forecast/shown_figures.hpp"
#include "tools/print/table.hpp"

// What studies say; each in the source of its name.

namespace chokepoint {

/// A table of the figures that move the run, with what is written of them, by path; then how many
/// others do not, and how many could not be moved.
std::string sensitivities_text(const std::vector<Sensitivity>& ranked,
                               const std::map<std::string, ExplainedValue>& by_path);

/// Every published figure beside what the run shows for it, series by series.
std::string figures_text(const World& world, const ShownFigures& run);

/// The same as a table for files.
Table published_table(const World& world, const ShownFigures& run);

/// How the run's figures stand beside published ones: all of them where they are few, else how many
/// lie within which ratio, and the series that are furthest off. Empty where nothing was published
/// of what the run covers.
std::string published_text(const World& world, const ShownFigures& run);

/// What a run's folder keeps of its figures beside published ones.
struct PublishedOfRun {
  std::string name, csv;  ///< The text of tables/published.csv; may be empty.
};

/// Ratios of several runs to what was published, side by side: all figures where they are few, else
/// those on which the runs differ most. Empty where no run covers a published figure.
std::string published_beside_text(const std::vector<PublishedOfRun>& runs);

/// The middle of an ensemble: median and band of what comparisons lead with, in the last year that
/// published figures cover and in the last of all, beside the run itself; which draw is nearest to
/// the medians. Empty where there are fewer than two draws.
std::string middle_text(const Figures& run, const Ensemble& ensemble, int covered_year);

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

/// What hindcast_text() shows and the verdicts, for programs: schema
/// "chokepoint.validate.history/1".
JsonValue hindcast_json(const Hindcast& scores);

/// The fitted figures as a part of a scenario file: value and range, with what the prior said.
std::string fitted_text(const Composed& composed, const FitMethod& method, const Fit& fit);

}  // namespace chokepoint
