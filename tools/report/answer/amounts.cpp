#include "tools/report/answer/amounts.hpp"

#include <fmt/format.h>

#include <cmath>

#include "tools/print/number_format.hpp"

namespace chokepoint {
namespace {

/// Three digits that count.
std::string three_digits(double size) {
  if (size == 0.0) return "0";
  if (size == std::round(size) && size < 999.5) return fmt::format("{:.0f}", size);
  if (size >= 999.5) return format_value(std::round(size));
  if (size >= 99.95) return fmt::format("{:.0f}", size);
  if (size >= 9.995) return fmt::format("{:.1f}", size);
  if (size >= 0.1) return fmt::format("{:.2f}", size);
  return fmt::format("{:.2g}", size);
}

/// "1.52 M", "310 k".
std::string with_scale(double size) {
  if (size >= 999.5e6) return three_digits(size / 1e9) + " bn";
  if (size >= 999.5e3) return three_digits(size / 1e6) + " M";
  if (size >= 9'999.5) return three_digits(size / 1e3) + " k";
  return three_digits(size);
}

struct UnitWords {
  std::string_view unit;
  double per = 1.0;  ///< Of the unit in one of what is said.
  std::string_view of_level, of_change;
};

UnitWords unit_words(std::string_view unit) {
  if (unit == "share") return {unit, 0.01, " %", " points"};
  if (unit == "index") return {unit, 1.0, "", ""};
  if (unit == "1e12 tokens") return {unit, 1.0, " trillion tokens", " trillion tokens"};
  if (unit == "USD per 1e6 tokens") {
    return {unit, 1.0, " USD per million tokens", " USD per million tokens"};
  }
  if (unit == "million USD") return {unit, 1e-6, " USD", " USD"};
  if (unit == "% of job") return {unit, 1.0, " %", " points"};
  return {unit, 1.0, "", ""};
}

std::string number_of(double value, const UnitWords& words) {
  const double size = std::abs(value) / words.per;
  if (words.unit == "FLOP") return fmt::format("{:.2e}", size);
  if (words.unit == "share") return fmt::format("{:.1f}", size);
  return with_scale(size);
}

std::string signed_number(double value, const UnitWords& words, bool always) {
  const std::string number = number_of(value, words);
  if (number.find_first_of("123456789") == std::string::npos) return "0";
  return (value < 0.0 ? "-" : always ? "+" : "") + number;
}

std::string ending(const UnitWords& words, std::string_view special) {
  if (!special.empty() || words.unit == "index" || words.unit.empty()) return std::string(special);
  return " " + std::string(words.unit);
}

}  // namespace

std::string amount_of(double value, std::string_view unit) {
  const UnitWords words = unit_words(unit);
  return signed_number(value, words, false) + ending(words, words.of_level);
}

std::string size_of_change(double change, std::string_view unit) {
  const UnitWords words = unit_words(unit);
  return number_of(change, words) + ending(words, words.of_change);
}

std::string bare_amount(double value, std::string_view unit) {
  return signed_number(value, unit_words(unit), false);
}

std::string bare_change(double change, std::string_view unit) {
  return signed_number(change, unit_words(unit), true);
}

std::string bare_unit(std::string_view unit) {
  if (unit == "share") return "%";
  return std::string(unit == "million USD" ? "USD" : unit);
}

std::string band_of_changes(const Interval& band, std::string_view unit) {
  const UnitWords words = unit_words(unit);
  return fmt::format("[{}, {}]", signed_number(band.low, words, true),
                     signed_number(band.high, words, true));
}

std::string band_of_levels(const Interval& band, std::string_view unit) {
  const UnitWords words = unit_words(unit);
  return fmt::format("[{}, {}]", signed_number(band.low, words, false),
                     signed_number(band.high, words, false));
}

}  // namespace chokepoint
