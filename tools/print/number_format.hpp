#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

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

/// "60 %" or, with decimals, "60.0 %" of 0.6.
template <int decimals = 0>
std::string format_share(double share) {
  return fmt::format("{:.{}f} %", 100.0 * share, decimals);
}

/// With as many decimals, whatever the size; no separators.
template <int decimals>
std::string format_fixed(double value) {
  return fmt::format("{:.{}f}", value, decimals);
}

/// With three significant digits.
std::string format_rough(double value);

/// "1.20 M", "12.3 k", "123", else three significant digits.
std::string format_magnitude(double value);

/// "1.20" of 1.2e9.
std::string format_billions(double value);

/// "low .. high", or one text where both are alike.
std::string format_bracket(const std::string& low, const std::string& high);

/// How figures of years are told: shares and indices as they are, dollars in billions, months with
/// two decimals, all else in thousands.
struct Scale {
  double per = 1e3;
  int decimals = 1;
  std::string_view word = "k";
};
Scale scale_of(std::string_view unit);

/// A figure of `unit` without its word, such as "12.3" of 12,300 packages; "0" where it is nothing,
/// "~0" where it is too little to be seen.
std::string format_scaled(double value, std::string_view unit, bool with_sign);

/// How people read the numbers of one unit.
using NumberFormat = std::string (*)(double);
struct Unit {
  std::string_view suffix;  ///< Of names in files: "_gb_s".
  std::string_view text;    ///< "GB/s".
  NumberFormat format = format_value;
  bool is_in_cells = false;  ///< The format says it.
};

/// The unit that a name in files ends in, such as "memory_bandwidth_gb_s"; one without a suffix
/// where it ends in none.
const Unit& unit_of(std::string_view name);

}  // namespace chokepoint
