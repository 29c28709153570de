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

std::string without_suffix(std::string text) {
  constexpr std::string_view kSuffixes = "KMBT";
  const auto found = text.empty() ? std::string_view::npos : kSuffixes.find(text.back());
  if (found == std::string_view::npos) return text;
  text.back() = 'e';
  return text + std::to_string(3 * (found + 1));
}

}  // namespace chokepoint
