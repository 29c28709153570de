#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/indicators/figures.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

/// Share of the draws that a band leaves out at each of its ends.
inline constexpr double kTail = 0.05;

/// Year, indicator, subject, unit, and a column for each of `runs`, in their order.
Table yearly_table(const std::vector<Figures>& runs, const std::vector<std::string>& columns);

/// Quantiles over `runs` of every figure: low, median and high of the middle 90 %.
Table bands_table(const std::vector<Figures>& runs);

/// Names of those columns in a yearly_table() as CSV; none where `text` is not such a table.
std::vector<std::string> yearly_columns(const std::string& text);
/// What is in them, by column; nothing where `text` is not such a table.
std::optional<std::vector<Figures>> read_yearly_csv(const std::string& text);

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
