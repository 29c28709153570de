#include "tools/print/number_format.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

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

std::string magnitude_text(double magnitude) {
  const bool whole = std::abs(magnitude - std::round(magnitude)) <= 1e-9 * magnitude;
  if (whole || magnitude >= 1'000) return with_separators(magnitude, 0);
  if (magnitude >= 10) return with_separators(magnitude, 1);
  if (magnitude >= 0.1) return with_separators(magnitude, 2);
  return fmt::format("{:.3g}", magnitude);
}

}  // namespace

std::string format_value(double value) {
  if (!std::isfinite(value)) return "-";
  const std::string text = magnitude_text(std::abs(value));
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

std::string format_rough(double value) {
  return fmt::format("{:.3g}", value);
}

std::string format_magnitude(double value) {
  if (value == 0.0) return "0";
  const double size = std::abs(value);
  if (size >= 1e6) return fmt::format("{:.2f} M", value / 1e6);
  if (size >= 1e4) return fmt::format("{:.1f} k", value / 1e3);
  if (size >= 100.0) return fmt::format("{:.0f}", value);
  return fmt::format("{:.3g}", value);
}

std::string format_billions(double value) {
  return format_fixed<2>(value / 1e9);
}

std::string format_bracket(const std::string& low, const std::string& high) {
  return low == high ? low : low + " .. " + high;
}

Scale scale_of(std::string_view unit) {
  if (unit == "share" || unit == "index") return {1.0, 3, ""};
  if (unit == "months") return {1.0, 2, ""};
  return unit == "USD" ? Scale{1e9, 2, "bn"} : Scale{};
}

std::string format_scaled(double value, std::string_view unit, bool with_sign) {
  if (value == 0.0) return "0";
  const auto [per, decimals, word] = scale_of(unit);
  std::string text = fmt::format("{:.{}f}", value / per, decimals);
  if (text.find_first_of("123456789") == std::string::npos) return "~0";
  return with_sign && value > 0.0 ? "+" + text : text;
}

const Unit& unit_of(std::string_view name) {
  // Longer endings first: "_tb_per_unit" before "_per_unit".
  static const std::vector<Unit> units = {
      {"_usd_per_month", "USD/month"},
      {"_tb_per_unit", "TB"},
      {"_per_node", "/node"},
      {"_per_unit", "/unit"},
      {"_usable_h100e", "usable H100e"},
      {"_h100e", "H100e"},
      {"_tflops", "TFLOPS"},
      {"_tops", "TOPS"},
      {"_gb_s", "GB/s"},
      {"_gbit_s", "Gbit/s"},
      {"_gib", "GiB"},
      {"_mib", "MiB"},
      {"_mm2", "mm2"},
      {"_kw", "kW"},
      {"_w", "W"},
      {"_usd", "USD"},
      {"_bn", "1e9"},
      {"_tpp", "TPP"},
      {"_density", "TPP/mm2"},
      {"_packages", "packages"},
      {"_days", "days"},
      {"_mw", "MW"},
      {"_gwh", "GWh"},
      {"_percent", "%"},
      {"_share", "share", format_share<>, true},
  };
  static const Unit none;
  const auto found =
      std::ranges::find_if(units, [&](const Unit& unit) { return name.ends_with(unit.suffix); });
  return found == units.end() ? none : *found;
}

}  // namespace chokepoint
