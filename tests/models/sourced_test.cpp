#include "models/sourced.hpp"

#include <array>
#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

Input input(double value, std::optional<double> low, std::optional<double> high,
            Confidence confidence) {
  return {"devices[a].memory_gib", value, low, high, confidence, SourceId{}};
}

TEST_CASE("sourced: the width of a range is relative to its value", "[sourced]") {
  CHECK(relative_width(input(10, 8, 13, Confidence::Official)) == 0.5);
  CHECK(relative_width(input(-10, -13, -8, Confidence::Official)) == 0.5);
  CHECK_FALSE(relative_width(input(10, {}, {}, Confidence::Official)));
  CHECK_FALSE(relative_width(input(0, -1, 1, Confidence::Official)));
}

TEST_CASE("sourced: least trust goes by confidence, width, order", "[sourced]") {
  const std::vector<Input> inputs = {
      input(1, 0.9, 1.1, Confidence::Memory),    // 0: worst confidence, narrow.
      input(1, {}, {}, Confidence::Official),    // 1: best confidence, no range.
      input(1, 0.5, 1.5, Confidence::Memory),    // 2: worst confidence, wide.
      input(1, {}, {}, Confidence::Estimated),   // 3: no range.
      input(1, 0.1, 9.0, Confidence::Estimated)  // 4: very wide.
  };
  const auto worst = [&](std::vector<std::uint32_t> candidates) {
    std::vector<InputId> ids;
    for (const auto i : candidates) ids.push_back(InputId{i});
    return least_certain(ids, inputs);
  };
  CHECK(worst({0, 1}) == InputId{0});
  CHECK(worst({0, 2}) == InputId{2});
  CHECK(worst({4, 3}) == InputId{3});
  CHECK(worst({1, 4, 0}) == InputId{0});
  CHECK(worst({1}) == InputId{1});
  CHECK_FALSE(worst({}));
}

TEST_CASE("sourced: among equals the first candidate, not the first input", "[sourced]") {
  const std::vector<Input> inputs(3, input(1, 0.5, 1.5, Confidence::Reported));
  const std::array<InputId, 2> candidates = {InputId{2}, InputId{0}};
  CHECK(least_certain(candidates, inputs) == InputId{2});
}

}  // namespace
}  // namespace chokepoint
