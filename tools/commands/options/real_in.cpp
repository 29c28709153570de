#include "tools/commands/options/real_in.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>

namespace chokepoint {
namespace {

constexpr double kLeastPositive = 1e-9, kMostPositive = 1e12;

std::optional<double> real(const std::string& text) {
  double number = 0.0;
  if (!CLI::detail::lexical_cast(text, number)) return std::nullopt;
  return number;
}

}  // namespace

RealIn::RealIn(double least, double most) {
  desc_function_ = [=] { return fmt::format("in [{:g} - {:g}]", least, most); };
  func_ = [=](std::string& text) {
    const auto number = real(text);
    // No comparison with a number that is none holds.
    if (number && least <= *number && *number <= most) return std::string();
    return fmt::format("'{}' is no number from {:g} to {:g}", text, least, most);
  };
}

RealIn positive() {
  return {kLeastPositive, kMostPositive};
}

}  // namespace chokepoint
