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

TEST_CASE("training exchange: keys and values pass all other ranks of a ring, by hand",
          "[training]") {
  const Transformer model = llama_70b();
  const DeviceSpec device = h100();
  TrainingSystem system{model, device, {450_GBps, 8, 50_GBps}};
  system.coefficients.expert_link = 0.5;
  TrainingPlan plan;
  plan.context = 4, plan.sequence = 8192;
  // 2,048 tokens of 8 heads of 128, keys and values, 2 B each, three times, to three others.
  const double bytes = 3 * 3 * 2048.0 * 2 * 8 * 128 * 2;
  CHECK(TrainingExchange(system).context(plan, {}).value == Approx(bytes / 225e9));
  plan.recompute = Recompute::Full;
  CHECK(TrainingExchange(system).context(plan, {}).value == Approx(bytes * 4 / 3 / 225e9));
  // No rank has less than one head.
  system.links.domain = 64;
  plan.recompute = Recompute::None, plan.tensor = 16;
  CHECK(TrainingExchange(system).context(plan, {}).value == Approx(bytes / 8 / 225e9));
}

TEST_CASE("training exchange: groups that share state sum up their shards between them",
          "[training]") {
  const Transformer model = llama_70b();
  const DeviceSpec device = h100();
  TrainingSystem system{model, device, {450_GBps, 8, 50_GBps}};
  system.coefficients.hop_us = 1e-9;
  TrainingPlan plan;
  plan.data = 64, plan.zero = 3;
  const auto whole = TrainingExchange(system).copies(plan, {1e9, 0});
  plan.sharded = 8;
  const auto grouped = TrainingExchange(system).copies(plan, {1e9, 0});
  CHECK(grouped.gather < whole.gather);  // Inside a server.
  plan.sharded = 64;
  CHECK(TrainingExchange(system).copies(plan, {1e9, 0}).reduce == whole.reduce);
}

TEST_CASE("training exchange: gradients in 32 bits take twice those in 16", "[training]") {
  const Transformer model = llama_70b();
  const DeviceSpec device = h100();
  TrainingSystem system{model, device, {450_GBps, 8, 50_GBps}};
  system.coefficients.hop_us = 1e-9;
  TrainingPlan plan;
  plan.data = 64;
  plan.zero = 0;
  const auto whole = TrainingExchange(system).copies(plan, {1e9, 0});
  CHECK(whole.reduce == whole.gather);
  plan.zero = 1;
  const auto wide = TrainingExchange(system).copies(plan, {1e9, 0});
  CHECK(wide.reduce.value == Approx(2 * wide.gather.value));
  system.traits.gradient_bytes = 2;
  const auto narrow = TrainingExchange(system).copies(plan, {1e9, 0});
  CHECK(narrow.reduce == narrow.gather);
}

}  // namespace
}  // namespace chokepoint
