#pragma once

#include <map>
#include <string>
#include <vector>

#include "models/scoring/hindcast.hpp"
#include "models/world.hpp"
#include "sim/scenario/compose/explain.hpp"
#include "sim/study/causes/attribution.hpp"
#include "sim/study/causes/sensitivity.hpp"
#include "sim/study/forecast/fit.hpp"
#include "sim/study/forecast/shown_figures.hpp"

// What studies say; each in the source of its name.

namespace chokepoint {

/// What is shown of an attribution.
struct AttributionView {
  std::vector<int> years;  ///< Each has a table; of all runs alike.
  std::size_t rows = 0;    ///< Of changes, and of rules and shortages, at most.
};

/// A table for each run but the baseline and each year: the headlines of both, their difference,
/// how much of it goes with each change and with each rule, quota and shortage, the greatest first,
/// and what their parts leave or count twice.
std::string attribution_text(const Attribution& attribution, const AttributionView& view);

/// All of it as tidy CSV: a row for each run, year, headline and switch, whatever is shown.
std::string attribution_csv(const Attribution& attribution, const std::vector<int>& years);

/// The same as JSON, schema chokepoint.attribution/1.
std::string attribution_json(const Attribution& attribution, const std::vector<int>& years);

/// What a switch is called: "US us_2022_10_07_3a090", "shortage of smic_7nm", "quota q",
/// "rules[x] and 2 more".
std::string switch_name(const Switch& off);

/// The year of the greatest difference between the baseline and any other run, of those up to
/// `last_published`; of all years where that is less than one per cent on average. Requires:
/// figures.
int telling_year(const Attribution& attribution, int last_published);

/// A table of the figures that move the run, with what is written of them, by path; then how many
/// others do not, and how many could not be moved.
std::string sensitivities_text(const std::vector<Sensitivity>& ranked,
                               const std::map<std::string, ExplainedValue>& by_path);

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

/// The fitted figures as a part of a scenario file: value and range, with what the prior said.
std::string fitted_text(const Composed& composed, const FitMethod& method, const Fit& fit);

}  // namespace chokepoint
