#include "tools/report/comparison.hpp"

#include <array>

#include "tools/print/number_format.hpp"

namespace chokepoint {
namespace {

constexpr std::array kConfidences = {"official", "reported", "estimated", "memory"};

}  // namespace

std::string in_words(const World& world, InputId input) {
  const Input& cited = world.inputs[input.value];
  std::string text = format_value(cited.value);
  text.append(", ").append(kConfidences[static_cast<std::size_t>(cited.confidence)]);
  text.append(", from ").append(world.sources[cited.source.value]);
  if (cited.low && cited.high) {
    text += ", " + format_value(*cited.low) + " .. " + format_value(*cited.high);
  }
  return text;
}

}  // namespace chokepoint
