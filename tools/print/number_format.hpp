#pragma once

#include <string>

namespace chokepoint {

/// A number for people: thousands separators; no decimals where it is whole or at least 1 000, one
/// from 10, two from 0.1, else three significant digits. "0" for either zero, "-" for no number.
std::string format_value(double value);

/// As format_value(), with "+" in front of what is positive.
std::string format_difference(double value);

/// "+25.1"; "-" for no number, such as a change against zero. Requires: in percent.
std::string format_percent(double percent);

/// For machines: the shortest text that reads back as `value`; empty for no number.
std::string format_exact(double value);

/// "low .. high", or one text where both are alike.
std::string format_bracket(const std::string& low, const std::string& high);

}  // namespace chokepoint
