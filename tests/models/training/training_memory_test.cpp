#include "models/training/training_memory.hpp"

#include <catch2/catch.hpp>

#include "models/training/layer_time.hpp"
#include "tests/models/training/random_training.hpp"

namespace chokepoint {
namespace {

TEST_CASE("law: recomputing never raises memory", "[training][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    TrainingPlan plan = any::training_plan(parts.model);
    const TrainingSystem system = parts.system();
    const auto total = [&](Recompute recompute) {
      plan.recompute = recompute;
      return training_memory(system, plan).total();
    };
    const Bytes none = total(Recompute::None);
    RC_ASSERT(total(Recompute::Selective) <= none);
    RC_ASSERT(total(Recompute::Full) <= none);
  }));
}

TEST_CASE("law: a higher stage of ZeRO never takes more, two layers of weights apart",
          "[training][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    TrainingPlan plan = any::training_plan(parts.model);
    const TrainingSystem system = parts.system();
    Bytes before{1e300};
    for (plan.zero = 0; plan.zero <= 2; ++plan.zero) {
      const Bytes now = training_memory(system, plan).total();
      RC_ASSERT(now <= before * (1 + 1e-12));
      before = now;
    }
  }));
}

TEST_CASE("training memory: the fullest device counts, wherever it is", "[training]") {
  Transformer model = llama_70b();
  model.layers = 14;
  const DeviceSpec device = h100();
  const TrainingSystem system{model, device, {450_GBps, 8, 50_GBps}};
  TrainingPlan plan;
  plan.tensor = 8, plan.pipeline = 4, plan.global_batch = 32;
  // One layer fewer on the first and on the last: 3, 4, 4, 3.
  REQUIRE(stage_layers(model, plan).first == 3);
  REQUIRE(stage_layers(model, plan).middle == 4);
  model.vocabulary = 1;
  const TrainingMemory memory = training_memory(system, plan);
  CHECK(memory.of(MemoryPart::Weights).value ==
        Approx(2 * 4 * layer_weights(model, plan).dense).epsilon(1e-6));
}

TEST_CASE("law: without bubbles no device keeps less than with them", "[training][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    TrainingPlan plan = any::training_plan(parts.model);
    const TrainingSystem system = parts.system();
    const Bytes turns = training_memory(system, plan).total();
    plan.schedule = PipelineSchedule::ZeroBubble;
    RC_ASSERT(training_memory(system, plan).total() >= turns);
  }));
}

TEST_CASE("law: from both ends a pipeline keeps more than where stages take turns",
          "[training][law]") {
  CHECK(rc::check([] {
    any::TrainingParts parts;
    // One device with both ends may have fewer experts than a last stage alone.
    parts.model.first_dense_layers = 0;
    TrainingPlan plan = any::training_plan(parts.model);
    plan.pipeline = 2 << *rc::gen::inRange(0, 3);
    plan.global_batch = plan.data * plan.microbatch * 2 * plan.pipeline;
    const TrainingSystem system = parts.system();
    const TrainingMemory turns = training_memory(system, plan);
    plan.schedule = PipelineSchedule::DualPipe;
    const TrainingMemory both = training_memory(system, plan);
    RC_ASSERT(both.total() >= turns.total() * (1 - 1e-9));
    // Twice the weights, which twice as many devices share: no less of any state.
    RC_ASSERT(both.of(MemoryPart::Weights) >= turns.of(MemoryPart::Weights) * (1 - 1e-9));
  }));
}

TEST_CASE("law: memory of the fullest stage is that of the plan", "[training][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    TrainingPlan plan = any::training_plan(parts.model);
    const int each = static_cast<int>(trained_layers(parts.model)) / plan.pipeline;
    const TrainingSystem system = parts.system();
    Bytes fullest;
    for (int stage = 0; stage < plan.pipeline; ++stage) {
      fullest = std::max(fullest, stage_memory(system, plan, stage, each).total());
    }
    const Bytes whole = training_memory(system, plan).total();
    RC_ASSERT(std::abs(fullest / whole - 1) < 1e-9);
  }));
}

TEST_CASE("training memory: what an allocator counts leaves the workspace out", "[training]") {
  const Transformer model = llama_70b();
  const DeviceSpec device = h100();
  const TrainingSystem system{model, device, {450_GBps, 8, 50_GBps}};
  TrainingPlan plan;
  plan.tensor = 8, plan.pipeline = 4, plan.global_batch = 32;
  const TrainingMemory memory = training_memory(system, plan);
  CHECK((memory.allocated() + memory.of(MemoryPart::Workspace)).value ==
        Approx(memory.total().value));
  CHECK(memory.of(MemoryPart::Workspace).value ==
        Approx((8_GiB).value + memory.of(MemoryPart::Activations).value / 10));
}

TEST_CASE("training memory: gradients that products add to their sums leave empty ones",
          "[training]") {
  const Transformer model = llama_70b();
  const DeviceSpec device = h100();
  TrainingSystem system{model, device, {450_GBps, 8, 50_GBps}};
  TrainingPlan plan;
  plan.tensor = 8;
  const auto gradients = [&] { return training_memory(system, plan).of(MemoryPart::Gradients); };
  const Bytes without = gradients();
  system.traits.keeps_placeholders = true;
  // One layer and one table of the vocabulary, on one device, in 16 bits.
  const double values =
      layer_weights(model, plan).dense + model.vocabulary * model.hidden / plan.tensor;
  CHECK((gradients() - without).value == Approx(2 * values));
  system.traits.kept_gradient_bytes = 2;
  CHECK((gradients() - Bytes{2 * values}).value == Approx(without.value / 2));
}

TEST_CASE(
    "training memory: stages that keep their outputs take one hidden vector more for each "
    "microbatch ahead",
    "[training]") {
  const Transformer model = llama_70b();
  const DeviceSpec device = h100();
  TrainingSystem system{model, device, {450_GBps, 8, 50_GBps}};
  TrainingPlan plan;
  plan.tensor = 8, plan.pipeline = 4, plan.global_batch = 32;
  const auto kept = [&] { return training_memory(system, plan).of(MemoryPart::Activations); };
  const Bytes without = kept();
  system.traits.keeps_stage_outputs = true;
  CHECK((kept() - without).value == Approx(4 * 4096.0 * 2 * 8192 / 8));
}

TEST_CASE("training memory: parts, verdicts and margin", "[training]") {
  const Transformer model = llama_70b();
  DeviceSpec device = h100();
  const TrainingSystem system{model, device, {450_GBps, 8, 50_GBps}};
  TrainingPlan plan;
  plan.tensor = 8, plan.pipeline = 4, plan.data = 2, plan.global_batch = 32;
  TrainingMemory memory = training_memory(system, plan);
  // A quarter of the layers and a table, over eight devices: 2 B each, and as much again twice.
  CHECK(memory.of(MemoryPart::Weights).value ==
        Approx(2 * (69.5e9 - 1.05e9) / 32 + 2 * 1.05e9 / 8).epsilon(0.02));
  CHECK(memory.of(MemoryPart::Gradients) == memory.of(MemoryPart::Weights) * 2.0);
  CHECK(memory.of(MemoryPart::Optimizer).value == Approx(memory.of(MemoryPart::Weights).value * 3));
  CHECK(memory.fit() == TrainingFit::Yes);
  memory.capacity = memory.total();
  CHECK(memory.fit() == TrainingFit::AtTheLimit);
  CHECK(memory.margin() == Approx(0));
  memory.capacity = memory.total() * (1 - kWidestMemoryError) * 1.01;
  CHECK(memory.fit() == TrainingFit::AtTheLimit);
  memory.capacity = memory.total() * (1 - kWidestMemoryError) * 0.99;
  CHECK(memory.fit() == TrainingFit::No);
  plan.pipeline = plan.tensor = 1, plan.data = 64, plan.global_batch = 64;
  CHECK(training_memory(system, plan).fit() == TrainingFit::No);
  plan.zero = 3, plan.recompute = Recompute::Full;
  CHECK(training_memory(system, plan).fit() == TrainingFit::Yes);
}

}  // namespace
}  // namespace chokepoint
