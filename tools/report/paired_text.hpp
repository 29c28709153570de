#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/indicators/figures.hpp"

namespace chokepoint {

/// A run's yearly figures: of the run itself, and of its draws where it has any.
struct YearlyRun {
  std::string name;
  Figures itself;
  /// By name; one of the same name in two runs of one seed shares its streams: a pair.
  std::map<std::string, Figures> draws;
};

/// The last part of its folder's path.
std::string name_of_run(const std::string& directory);

/// What the folder of a run holds of that; nothing where it has no yearly table.
std::vector<YearlyRun> yearly_runs(const std::vector<std::string>& directories);

/// What differs from the first run by pathway, and in the main indicators, year by year: between
/// the runs, or, where both have kept two draws or more, the median and the middle 90 % of the
/// differences of pairs. Years before the first difference are left out. Empty where fewer than two
/// have figures.
std::string paired_text(const std::vector<YearlyRun>& runs);

}  // namespace chokepoint
