#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "sim/indicators/figures.hpp"
#include "tools/print/table.hpp"
#include "tools/sweep/cell_result.hpp"
#include "tools/sweep/sweep_plan.hpp"

namespace chokepoint {

/// The middle 90 % of draws.
struct FigureBand {
  double low = 0, median = 0, high = 0;
};

/// What the runs of one point of a sweep found.
struct CollectedPoint {
  std::size_t point = 0;
  std::vector<int> draws;                 ///< With a whole result, rising.
  std::vector<int> kept;                  ///< Of these, those that agree with what was published.
  std::optional<Figures> itself;          ///< Of the scenario as it is; nothing where it lacks.
  std::map<YearlyKey, FigureBand> bands;  ///< Over those kept; empty where there are none.
  /// Each figure of draws that have it, by their place in `draws`.
  std::map<YearlyKey, std::vector<std::pair<std::size_t, double>>> values;
};

/// Hears of every cell, in order of points and draws; no figures where it has no whole result.
using CellHearer = std::function<void(SweepCell cell, CellState state, const pb::RunFigures*)>;

/// Reads every result once, point by point, and holds one point at a time. Draws are kept as
/// draws_for_bands() says.
void collect_sweep(const SweepPlan& plan, const std::filesystem::path& folder, bool keeps_all,
                   const CellHearer& hear,
                   const std::function<void(const CollectedPoint& point)>& collected);

/// A figure in each draw of a point that has a whole result, by its number; 0 where a draw has
/// nothing of it.
std::map<int, double> figure_of_draws(const CollectedPoint& point, const YearlyKey& key);

/// Columns: the point and its values, what is said of how many draws, the figure, and its value in
/// the scenario itself, then low, median and high of the middle 90 % of the draws that are kept.
Table point_bands_table(const SweepPlan& plan, const CollectedPoint& point);

}  // namespace chokepoint
