#include "models/training/training_step.hpp"

#include <catch2/catch.hpp>

#include "tests/models/training/random_training.hpp"

namespace chokepoint {
namespace {

// Rounding apart.
bool no_slower(Seconds a, Seconds b) {
  return a <= b * (1 + 1e-9);
}

TEST_CASE("law: more bandwidth never slows a step", "[training][law]") {
  CHECK(rc::check([] {
    any::TrainingParts parts;
    // Else all stages are alike.
    if (any::chance()) parts.model.layers -= 2;
    const TrainingPlan plan = any::scheduled_plan(parts.model);
    const Seconds before = parts.step(plan).total();
    parts.links.scaleup = parts.links.scaleup * any::number(1, 4);
    parts.links.scaleout = parts.links.scaleout * any::number(1, 4);
    parts.device.memory_bandwidth = *parts.device.memory_bandwidth * any::number(1, 4);
    RC_ASSERT(no_slower(parts.step(plan).total(), before));
  }));
}

TEST_CASE("law: hiding an exchange never costs", "[training][law]") {
  CHECK(rc::check([] {
    any::TrainingParts parts;
    const TrainingPlan plan = any::scheduled_plan(parts.model);
    const Seconds before = parts.step(plan).total();
    parts.traits.overlaps_tensor = parts.traits.hides_dispatch = true;
    parts.coefficients.tensor_hidden = parts.coefficients.expert_hidden = 1;
    parts.coefficients.data_hidden = 1;
    parts.coefficients.hand_over = 1e-9;
    RC_ASSERT(no_slower(parts.step(plan).total(), before));
  }));
}

TEST_CASE("law: recomputing never makes a step faster", "[training][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    TrainingPlan plan = any::scheduled_plan(parts.model);
    plan.recompute = Recompute::None;
    const Seconds none = parts.step(plan).total();
    for (const Recompute recompute : {Recompute::Selective, Recompute::Full}) {
      plan.recompute = recompute;
      RC_ASSERT(no_slower(none, parts.step(plan).total()));
    }
  }));
}

TEST_CASE("law: no plan beats FLOPs over peak", "[training][law]") {
  CHECK(rc::check([] {
    any::TrainingParts parts;
    parts.model.window_layers = 0;
    TrainingPlan plan = any::training_plan(parts.model);
    // Causality halves attention, which is computed in 16 bits.
    // Without attention at a sequence of next to nothing.
    const double of_weights =
        step_flops(parts.model, 1e-9, 1e9 * plan.global_batch).value * plan.sequence;
    const double all = step_flops(parts.model, plan.sequence, plan.global_batch).value;
    const double least = of_weights + (all - of_weights) / 2;
    const double peak = plan.format == TrainingFormat::Bf16 ? parts.device.peaks.bf16->value
                                                            : parts.device.peaks.fp8->value;
    RC_ASSERT(parts.step(plan).total().value >= 0.999 * least / peak / plan.devices());
  }));
}

TEST_CASE("law: no plan beats its bytes over the links that they cross", "[training][law]") {
  CHECK(rc::check([] {
    any::TrainingParts parts;
    parts.traits = {};
    TrainingPlan plan;
    plan.data = 8 * any::power_of_two(64);
    plan.zero = any::chance() ? 1 : 3;
    plan.global_batch = plan.data;
    const StageWeights layer = layer_weights(parts.model, plan);
    const double values = layer.dense * parts.model.layers;
    const double links = parts.links.scaleup.value + 8 * parts.links.scaleout.value;
    const double n = plan.data;
    RC_ASSERT(parts.step(plan).total().value >= (n - 1) / n * 6 * values / links);
  }));
}

TEST_CASE("law: parts add up, none is negative", "[training][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    const StepTime time = parts.step(any::training_plan(parts.model));
    Seconds sum;
    for (const Seconds part : time.parts) {
      RC_ASSERT(part >= Seconds{});
      sum += part;
    }
    RC_ASSERT(sum == time.total());
    RC_ASSERT(std::isfinite(sum.value));
  }));
}

TEST_CASE("step FLOPs: of a known model, whatever the plan", "[training]") {
  // 6 N with the head and without the look-up of embeddings, and 12 L H d s.
  const double n = 69.5e9;
  const double attention = 12.0 * 80 * 8192 * 4096;
  CHECK(step_flops(llama_70b(), 4096, 10).value ==
        Approx((6 * n + attention) * 4096 * 10).epsilon(0.01));
}

}  // namespace
}  // namespace chokepoint
