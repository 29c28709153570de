#include "models/training/layer_launches.hpp"

#include <catch2/catch.hpp>

#include "tests/models/training/random_training.hpp"

namespace chokepoint {
namespace {

TEST_CASE("layer launches: of a dense layer with flash attention, counted by hand", "[training]") {
  const Transformer model = llama_70b();
  const DeviceSpec device = h100();
  TrainingSystem system{model, device, {450_GBps, 8, 50_GBps}};
  TrainingPlan plan;
  CHECK(layer_launches(system, plan).total() == 3 * (4 + 10 + 1) + 8);
  CHECK(layer_launches(system, plan).weights == 15 + 8);
  plan.tensor = 2;
  CHECK(layer_launches(system, plan).total() == 3 * (4 + 10 + 1 + 2) + 8);
  plan.recompute = Recompute::Full;
  CHECK(layer_launches(system, plan).total() == 4 * (4 + 10 + 1 + 2) + 8);
  system.traits.keeps_scores = true;
  CHECK(layer_launches(system, plan).total() == 4 * (4 + 10 + 5 + 2) + 8);
}

TEST_CASE("law: tokens do not change how often the host launches, recomputing does",
          "[training][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    TrainingPlan plan = any::training_plan(parts.model);
    const TrainingSystem system = parts.system();
    plan.recompute = Recompute::None;
    const double few = layer_launches(system, plan).total();
    plan.microbatch *= 2, plan.sequence *= 2;
    RC_ASSERT(layer_launches(system, plan).total() == few);
    plan.recompute = Recompute::Full;
    RC_ASSERT(layer_launches(system, plan).total() > few);
  }));
}

}  // namespace
}  // namespace chokepoint
