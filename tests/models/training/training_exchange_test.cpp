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
    const Seconds none{};
    const PassTimes nothing, much{Seconds{1e9}, Seconds{1e9}};
    const LayerWaits all = exchange.waits(plan, {});
    const LayerWaits some = exchange.waits(plan, {much, much, {}});
    RC_ASSERT(all.tensor.total() == exchange.tensor(plan).total());
    RC_ASSERT(all.context.total() == exchange.context(plan).total());
    RC_ASSERT(all.expert.total() == exchange.expert(plan).total());
    RC_ASSERT(some.tensor.total() <= all.tensor.total());
    RC_ASSERT(some.context.total() == none);
    RC_ASSERT(some.expert.total() <= all.expert.total());
    const Seconds over = exchange.hand_over(plan);
    RC_ASSERT(exchange.hand_over_waited(over, nothing).total() == over * 2.0);
    RC_ASSERT(exchange.hand_over_waited(over, much).total() <= over * 2.0);
    plan.tensor = plan.context = plan.expert = plan.pipeline = plan.data = 1;
    RC_ASSERT(exchange.tensor(plan).total() == none);
    RC_ASSERT(exchange.context(plan).total() == none);
    RC_ASSERT(exchange.expert(plan).total() == none);
    RC_ASSERT(exchange.hand_over(plan) == none);
    RC_ASSERT(exchange.copies(plan, {1e9, 1e9}).reduce == none);
  }));
}

TEST_CASE("law: what hides one exchange hides no other, and nothing hides without computing",
          "[training][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    const TrainingPlan plan = any::training_plan(parts.model);
    const TrainingSystem system = parts.system();
    const TrainingExchange exchange(system);
    const auto some = [] { return Seconds{std::pow(10, any::number(-6, 0))}; };
    const PassTimes attention{some(), some()};
    const PassTimes computing{attention.forward + some(), attention.backward + some()};
    const LayerWaits waits = exchange.waits(plan, {computing, attention, {}});
    for (const auto pass : {&PassTimes::forward, &PassTimes::backward}) {
      const Seconds hidden = exchange.tensor(plan).*pass - waits.tensor.*pass +
                             exchange.context(plan).*pass - waits.context.*pass +
                             exchange.expert(plan).*pass - waits.expert.*pass;
      RC_ASSERT((waits.spare.*pass) >= Seconds{});
      RC_ASSERT(std::abs((hidden + waits.spare.*pass - computing.*pass).value) <=
                1e-9 * (computing.*pass).value);
    }
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
  const Seconds switched = TrainingExchange(system).tensor(plan).total();
  system.is_mesh = true;
  CHECK(TrainingExchange(system).tensor(plan).total().value == Approx(switched.value * 7));
  plan.tensor = 8;
  const Seconds whole = TrainingExchange(system).tensor(plan).total();
  system.is_mesh = false;
  CHECK(TrainingExchange(system).tensor(plan).total() == whole);
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
  CHECK(TrainingExchange(system).context(plan).total().value == Approx(bytes / 225e9));
  plan.recompute = Recompute::Full;
  CHECK(TrainingExchange(system).context(plan).total().value == Approx(bytes * 4 / 3 / 225e9));
  // No rank has less than one head.
  system.links.domain = 64;
  plan.recompute = Recompute::None, plan.tensor = 16;
  CHECK(TrainingExchange(system).context(plan).total().value == Approx(bytes / 8 / 225e9));
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
