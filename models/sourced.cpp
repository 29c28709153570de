#include "models/sourced.hpp"

#include <cmath>
#include <limits>

namespace chokepoint {
namespace {

// True where `a` deserves less trust than `b`.
bool is_less_certain(const Input& a, const Input& b) {
  constexpr double kNoRange = std::numeric_limits<double>::infinity();
  if (a.confidence != b.confidence) return a.confidence > b.confidence;
  return relative_width(a).value_or(kNoRange) > relative_width(b).value_or(kNoRange);
}

}  // namespace

std::optional<double> relative_width(const Input& input) {
  if (!input.low || !input.high || input.value == 0.0) return std::nullopt;
  return (*input.high - *input.low) / std::abs(input.value);
}

std::optional<InputId> least_certain(std::span<const InputId> candidates,
                                     const std::vector<Input>& inputs) {
  std::optional<InputId> worst;
  for (const InputId id : candidates) {
    if (!worst || is_less_certain(inputs[id.value], inputs[worst->value])) worst = id;
  }
  return worst;
}

}  // namespace chokepoint
