#pragma once

#include <cstddef>
#include <string>

#include "chokepoint/v1/report.pb.h"
#include "tools/print/legend.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// Widest line of a table on a terminal.
inline constexpr std::size_t kTableWidth = 150;

/// An indicator's name as people write it: "usable H100e training".
std::string in_words(std::string name);

/// Letter by which tables name a column: "A", "B", ...
std::string column_letter(std::size_t column);

/// The indicators of `comparison` with differences from column A. Rows that are zero everywhere are
/// left out, but for the wholes that a reader looks for, and so are parts (by device, by rule ..)
/// that no scenario changes. Rules get numbers in `rules`.
std::string indicator_table(const pb::Comparison& comparison, Legend& rules);

}  // namespace chokepoint
