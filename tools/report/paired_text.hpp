#pragma once

#include <map>
#include <optional>
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

/// That of the texts of a run's tables yearly.csv and draws.csv, which may be empty; nothing where
/// the first is.
std::optional<YearlyRun> yearly_run(const std::string& name, const std::string& yearly_csv,
                                    const std::string& draws_csv);

/// What differs from the first run by pathway, and in the main indicators, year by year: between
/// the runs, or, where both have kept two draws or more, the median and the middle 90 % of the
/// differences of pairs. Years before the first difference are left out. Empty where fewer than two
/// have figures.
std::string paired_text(const std::vector<YearlyRun>& runs);

}  // namespace chokepoint
