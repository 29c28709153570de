#include "models/training/training_exchange.hpp"

#include <catch2/catch.hpp>

#include "tests/models/training/random_training.hpp"

namespace chokepoint {
namespace {

TEST_CASE("law: exchange waits for what it cannot hide, and not at all among one",
          "[training][law]") {
  CHECK(rc::check([] {
    any::TrainingParts parts;
    TrainingPlan plan = any::training_plan(parts.model);
    const TrainingSystem system = parts.system();
    const TrainingExchange exchange(system);
    const Seconds none{}, much{1e9};
    RC_ASSERT(exchange.tensor(plan, much) <= exchange.tensor(plan, none));
    RC_ASSERT(exchange.expert(plan, much) <= exchange.expert(plan, none));
    RC_ASSERT(exchange.hand_over(plan, much) <= exchange.hand_over(plan, none));
    plan.tensor = plan.context = plan.expert = plan.pipeline = plan.data = 1;
    RC_ASSERT(exchange.tensor(plan, none) == none);
    RC_ASSERT(exchange.context(plan, none) == none);
    RC_ASSERT(exchange.expert(plan, none) == none);
    RC_ASSERT(exchange.hand_over(plan, none) == none);
    RC_ASSERT(exchange.copies(plan, {1e9, 1e9}).reduce == none);
  }));
}

TEST_CASE("training exchange: tensor parallelism in a mesh uses the links of its pairs",
          "[training]") {
  const Transformer model = llama_70b();
  const DeviceSpec device = h100();
  TrainingSystem system{model, device, {196_GBps, 8, 25_GBps}};
  system.coefficients.hop_us = 1e-9;
  TrainingPlan plan;
  plan.tensor = 2;
  const Seconds switched = TrainingExchange(system).tensor(plan, {});
  system.is_mesh = true;
  CHECK(TrainingExchange(system).tensor(plan, {}).value == Approx(switched.value * 7));
  plan.tensor = 8;
  const Seconds whole = TrainingExchange(system).tensor(plan, {});
  system.is_mesh = false;
  CHECK(TrainingExchange(system).tensor(plan, {}) == whole);
}

TEST_CASE("training exchange: gradients in 32 bits take twice those in 16", "[training]") {
  const Transformer model = llama_70b();
  const DeviceSpec device = h100();
  TrainingSystem system{model, device, {450_GBps, 8, 50_GBps}};
  system.coefficients.hop_us = 1e-9;
  TrainingPlan plan;
  plan.data = 64;
  const auto wide = TrainingExchange(system).copies(plan, {1e9, 0});
  CHECK(wide.reduce.value == Approx(2 * wide.gather.value));
  system.traits.gradient_bytes = 2;
  const auto narrow = TrainingExchange(system).copies(plan, {1e9, 0});
  CHECK(narrow.reduce == narrow.gather);
}

}  // namespace
}  // namespace chokepoint
