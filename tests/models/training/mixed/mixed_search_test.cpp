#include "models/training/mixed/mixed_search.hpp"

#include <catch2/catch.hpp>
#include <numeric>

#include "tests/models/training/mixed/random_mixes.hpp"

namespace chokepoint {
namespace {

TrainingTask small_task() {
  TrainingTask task;
  task.global_batch = 8 * any::power_of_two(4);
  return task;
}

Seconds answer(const MixedSearch& found) {
  Seconds best{1e300};
  if (!found.mixes.empty()) best = found.mixes.front().time.total();
  if (const auto alone = found.best_alone()) {
    best = std::min(best, found.alone[*alone].plans.front().time.total());
  }
  return best;
}

any::TwoSystems small_systems() {
  any::TwoSystems two;
  two.first.model.layers = 8;
  two.first.model.window_layers = std::min(two.first.model.window_layers, 8.0);
  two.second.model = two.first.model;
  return two;
}

TEST_CASE("law: devices of another kind never make the answer worse than the best kind alone",
          "[training][law]") {
  CHECK(rc::check([] {
    const any::TwoSystems two = small_systems();
    const auto systems = two.systems();
    const std::vector<FleetKind> kinds = {{systems[0], any::power_of_two(8)},
                                          {systems[1], any::power_of_two(8)}};
    const TrainingTask task = small_task();
    const MixedSearch found = search_mixed(kinds, task, 1);
    for (const FleetKind& kind : kinds) {
      TrainingTask alone = task;
      alone.devices = kind.devices;
      const auto best = search_training(kind.system, alone, 1);
      if (!best.plans.empty()) {
        RC_ASSERT(answer(found) <= best.plans.front().time.total());
      }
    }
  }));
}

TEST_CASE("law: more devices of a kind never make the best mix slower", "[training][law]") {
  CHECK(rc::check([] {
    const any::TwoSystems two = small_systems();
    const auto systems = two.systems();
    const TrainingTask task = small_task();
    const int first = any::power_of_two(4), second = any::power_of_two(4);
    const std::vector<FleetKind> few = {{systems[0], first}, {systems[1], second}};
    const std::vector<FleetKind> more = {{systems[0], first}, {systems[1], second + 2}};
    const MixedSearch a = search_mixed(few, task, 1), b = search_mixed(more, task, 1);
    if (a.mixes.empty()) return;
    RC_ASSERT(b.mixes.front().time.total() <= a.mixes.front().time.total());
  }));
}

TEST_CASE("law: mixes of a search are laid out as they may be", "[training][law]") {
  CHECK(rc::check([] {
    const any::TwoSystems two = small_systems();
    const auto systems = two.systems();
    const std::vector<FleetKind> kinds = {{systems[0], any::power_of_two(8)},
                                          {systems[1], any::power_of_two(8)}};
    const MixedSearch found = search_mixed(kinds, small_task(), 3);
    RC_ASSERT(found.estimated <= found.tried);
    for (const RankedMixedPlan& mix : found.mixes) {
      int layers = 0, stages = 0;
      std::vector<int> used(kinds.size(), 0);
      for (std::size_t i = 0; i < mix.plan.parts.size(); ++i) {
        const MixedPart& part = mix.plan.parts[i];
        used[part.kind] += part.devices();
        stages += part.stages();
        layers += std::accumulate(part.layers.begin(), part.layers.end(), 0);
        RC_ASSERT(mix.memory[i].margin() >= 0);
        RC_ASSERT(part.plan.data == mix.plan.parts.front().plan.data);
      }
      RC_ASSERT(layers == static_cast<int>(trained_layers(two.first.model)));
      for (const MixedPart& part : mix.plan.parts) RC_ASSERT(part.plan.pipeline == stages);
      for (std::size_t i = 0; i < kinds.size(); ++i) RC_ASSERT(used[i] <= kinds[i].devices);
    }
    for (std::size_t i = 1; i < found.mixes.size(); ++i) {
      RC_ASSERT(found.mixes[i - 1].time.total() <= found.mixes[i].time.total());
    }
  }));
}

TEST_CASE("law: a search over two equal kinds ends no later than the uniform plan of both",
          "[training][law]") {
  CHECK(rc::check([] {
    any::TrainingParts parts;
    parts.model.layers = 8;
    parts.model.window_layers = std::min(parts.model.window_layers, 8.0);
    const TrainingSystem system = parts.system();
    const std::vector<FleetKind> kinds = {{system, 4}, {system, 4}};
    TrainingTask task = small_task();
    const MixedSearch found = search_mixed(kinds, task, 1);
    task.devices = 8;
    // Plans of both that a mix can be: stages on either half, one chunk each.
    const TrainingEstimator estimator(system);
    for (const TrainingPlan& plan : training_plans(system, task)) {
      const bool is_ring = (plan.context & (plan.context - 1)) == 0;
      const bool can = plan.pipeline % 2 == 0 && plan.chunks == 1 && is_ring &&
                       static_cast<int>(parts.model.layers) % plan.pipeline == 0;
      if (!can || training_memory(system, plan).margin() < 0) continue;
      RC_ASSERT(!found.mixes.empty());
      RC_ASSERT(found.mixes.front().time.pipeline <= estimator.step(plan).total() * (1 + 1e-9));
    }
  }));
}

}  // namespace
}  // namespace chokepoint
