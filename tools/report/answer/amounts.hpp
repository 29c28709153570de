#pragma once

#include <string>
#include <string_view>

#include "models/scoring/scores.hpp"

namespace chokepoint {

/// A figure with its unit in no more digits than a reader takes in: "1.52 M H100e", "41.2 %",
/// "12.1 bn USD", "33.9 k trillion tokens".
std::string amount_of(double value, std::string_view unit);

/// The same of a change, without a sign: shares in points.
std::string size_of_change(double change, std::string_view unit);

/// The same without the unit: "1.52 M", "41.2"; of a change with its sign: "+13.2", "-310 k", "0".
std::string bare_amount(double value, std::string_view unit);
std::string bare_change(double change, std::string_view unit);
/// The unit of these: "%" of shares.
std::string bare_unit(std::string_view unit);

/// "[-520 k, -120 k]": a band of changes without their unit; shares in points.
std::string band_of_changes(const Interval& band, std::string_view unit);
/// The same of levels: "[1.2 M, 1.9 M]".
std::string band_of_levels(const Interval& band, std::string_view unit);

}  // namespace chokepoint
