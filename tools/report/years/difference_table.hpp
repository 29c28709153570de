#pragma once

#include <string>
#include <vector>

#include "tools/print/table.hpp"
#include "tools/report/answer/paired_runs.hpp"

// Every figure of years of two runs beside each other.

namespace chokepoint {

/// One of them.
struct FigureDifference {
  YearlyKey key;
  PairedDifference differs;
};

/// Every figure of either run in a year that both have, in the order of the listing of indicators,
/// then by subject.
std::vector<FigureDifference> figure_differences(const PairedRuns& runs, int year);

/// For people, in 80 columns: those that differ in a year, below their indicators, with the level
/// of the baseline, the difference, its percentage and, where there are draws, the middle 90 % and
/// whether it stands out of noise; then how many are alike.
std::string differences_text(const PairedRuns& runs, int year);

/// For files: all of `runs`, all years. A row for each run but the first, year and figure: levels,
/// difference, percentage, band, number of pairs and certainty.
Table differences_table(const std::vector<YearlyRun>& runs);

/// Years of which both runs have figures, rising.
std::vector<int> common_years(const YearlyRun& base, const YearlyRun& other);

/// What is to be known where runs are of other years: "a is of 2021 to 2028, b of 2021 to 2025:
/// compared are 2021 to 2025"; empty where they are of the same.
std::string other_periods_text(const std::vector<YearlyRun>& runs);

}  // namespace chokepoint
