#include "tools/page/words.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "models/scoring/scores.hpp"
#include "tools/report/yearly_table.hpp"

namespace chokepoint {

namespace {

struct Magnitude {
  double per;
  const char* word;
};
constexpr std::array kMagnitudes = {Magnitude{1e12, " trillion"}, Magnitude{1e9, " billion"},
                                    Magnitude{1e6, " million"}, Magnitude{1e3, " thousand"}};

/// With two significant digits, or as many as stand before the point.
std::string two_digits(double value) {
  if (value == 0.0) return "0";
  const double size = std::abs(value);
  const int decimals = size >= 9.95 ? 0 : size >= 0.995 ? 1 : size >= 0.0995 ? 2 : 3;
  return fmt::format("{:.{}f}", value, decimals);
}

}  // namespace

std::string amount_in_words(double value) {
  for (const auto& [per, word] : kMagnitudes) {
    if (std::abs(value) >= 0.9995 * per) return two_digits(value / per) + word;
  }
  return two_digits(value);
}

std::string change_in_words(double value) {
  return (value > 0.0 ? "+" : "") + amount_in_words(value);
}

std::string percent_in_words(double share) {
  const double percent = 100.0 * share;
  return fmt::format("{:.{}f} %", percent, std::abs(percent) < 0.95 && percent != 0.0 ? 1 : 0);
}

std::string money_in_words(double usd) {
  return amount_in_words(usd) + " USD";
}

bool stands_out(std::span<const double> values) {
  return quantile(values, kTail) > 0.0 || quantile(values, 1.0 - kTail) < 0.0;
}

}  // namespace chokepoint
