#include "tools/print/number_format.hpp"

#include <fmt/format.h>

#include <cmath>

namespace chokepoint {
namespace {

std::string with_separators(double magnitude, int decimals) {
  std::string text = fmt::format("{:.{}f}", magnitude, decimals);
  const auto point = text.find('.');
  auto at = point == std::string::npos ? text.size() : point;
  while (at > 3) {
    at -= 3;
    text.insert(at, 1, ',');
  }
  return text;
}

std::string format_magnitude(double magnitude) {
  const bool whole = std::abs(magnitude - std::round(magnitude)) <= 1e-9 * magnitude;
  if (whole || magnitude >= 1'000) return with_separators(magnitude, 0);
  if (magnitude >= 10) return with_separators(magnitude, 1);
  if (magnitude >= 0.1) return with_separators(magnitude, 2);
  return fmt::format("{:.3g}", magnitude);
}

}  // namespace

std::string format_value(double value) {
  if (!std::isfinite(value)) return "-";
  const std::string text = format_magnitude(std::abs(value));
  return value < 0.0 ? "-" + text : text;
}

std::string format_difference(double value) {
  const std::string text = format_value(value);
  return value > 0.0 && std::isfinite(value) ? "+" + text : text;
}

std::string format_percent(double percent) {
  if (!std::isfinite(percent)) return "-";
  if (percent == 0.0) return "0";
  const std::string text = with_separators(std::abs(percent), 1);
  return (percent < 0.0 ? "-" : "+") + text;
}

std::string format_exact(double value) {
  return std::isfinite(value) ? fmt::format("{}", value == 0.0 ? 0.0 : value) : "";
}

std::string format_bracket(const std::string& low, const std::string& high) {
  return low == high ? low : low + " .. " + high;
}

}  // namespace chokepoint
