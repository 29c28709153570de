#pragma once

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

}  // namespace chokepoint
