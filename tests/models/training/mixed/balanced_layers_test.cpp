#include "models/training/mixed/balanced_layers.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "tests/models/performance/random_serving.hpp"

namespace chokepoint {
namespace {

double slowest_of(const std::vector<StageRoom>& stages, const std::vector<int>& layers) {
  double slowest = 0;
  for (std::size_t i = 0; i < stages.size(); ++i) {
    slowest = std::max(slowest, (stages[i].of_layer * double(layers[i]) + stages[i].beside).value);
  }
  return slowest;
}

// The slowest stage of the best of all splits; nothing where none fits.
std::optional<double> best_split(const std::vector<StageRoom>& stages, int layers) {
  std::optional<double> best;
  std::vector<int> given;
  const auto descend = [&](const auto& self, int left) -> void {
    const std::size_t at = given.size();
    if (at + 1 == stages.size()) {
      if (left < 1 || left > stages[at].most) return;
      given.push_back(left);
      const double time = slowest_of(stages, given);
      if (!best || time < *best) best = time;
      given.pop_back();
      return;
    }
    for (int n = 1; n <= std::min(left, stages[at].most); ++n) {
      given.push_back(n);
      self(self, left - n);
      given.pop_back();
    }
  };
  descend(descend, layers);
  return best;
}

TEST_CASE("law: no other split of layers has a faster slowest stage", "[training][law]") {
  CHECK(rc::check([] {
    std::vector<StageRoom> stages(static_cast<std::size_t>(*rc::gen::inRange(1, 5)));
    for (StageRoom& one : stages) {
      one = {Seconds{any::number(0.5, 4)}, Seconds{any::number(0.01, 5)}, *rc::gen::inRange(1, 9)};
    }
    const int layers = *rc::gen::inRange(1, 16);
    const auto given = balanced_layers(stages, layers);
    const auto best = best_split(stages, layers);
    RC_ASSERT(given.empty() == !best.has_value());
    if (given.empty()) return;
    RC_ASSERT(std::accumulate(given.begin(), given.end(), 0) == layers);
    for (std::size_t i = 0; i < stages.size(); ++i) {
      RC_ASSERT(given[i] >= 1);
      RC_ASSERT(given[i] <= stages[i].most);
    }
    RC_ASSERT(slowest_of(stages, given) <= *best * (1 + 1e-12));
  }));
}

TEST_CASE("law: stages alike get layers alike", "[training][law]") {
  for (const int stages : {1, 3, 8}) {
    const std::vector<StageRoom> all(static_cast<std::size_t>(stages),
                                     {Seconds{1}, Seconds{0.5}, 100});
    const auto even = balanced_layers(all, 5 * stages);
    CHECK(even == std::vector<int>(static_cast<std::size_t>(stages), 5));
  }
  const std::vector<StageRoom> three(3, {Seconds{1}, Seconds{}, 100});
  CHECK(balanced_layers(three, 7) == std::vector<int>{2, 2, 3});
}

}  // namespace
}  // namespace chokepoint
