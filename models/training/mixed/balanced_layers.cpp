#include "models/training/mixed/balanced_layers.hpp"

#include <algorithm>
#include <queue>
#include <tuple>

namespace chokepoint {
namespace {

// What a stage would take with one more layer.
struct OneMore {
  double time;
  std::size_t stage;

  bool operator<(const OneMore& other) const {
    return std::tie(other.time, stage) < std::tie(time, other.stage);
  }
};

}  // namespace

std::vector<int> balanced_layers(std::span<const StageRoom> stages, int layers) {
  const auto count = static_cast<int>(stages.size());
  if (count == 0 || layers < count) return {};
  if (std::ranges::any_of(stages, [](const StageRoom& one) { return one.most < 1; })) return {};
  std::vector<int> given(stages.size(), 1);
  // The next layer goes where the stage is fastest with it: no other choice ends faster.
  std::priority_queue<OneMore> next;
  const auto offer = [&](std::size_t stage) {
    const StageRoom& one = stages[stage];
    if (given[stage] >= one.most) return;
    next.push({(one.of_layer * (given[stage] + 1.0) + one.beside).value, stage});
  };
  for (std::size_t i = 0; i < stages.size(); ++i) offer(i);
  for (int left = layers - count; left > 0; --left) {
    if (next.empty()) return {};
    const std::size_t stage = next.top().stage;
    next.pop();
    ++given[stage];
    offer(stage);
  }
  return given;
}

}  // namespace chokepoint
