#pragma once

#include <memory>

#include "models/training/training_step.hpp"
#include "tests/models/catalog_excerpt.hpp"
#include "tests/models/performance/random_serving.hpp"

namespace chokepoint::any {

/// A model whose layers divide into up to eight stages.
inline Transformer trained_transformer() {
  Transformer made = transformer();
  made.layers = 8.0 * *rc::gen::inRange(1, 12);
  if (made.window_layers > 0) made.window_layers = made.layers / 2;
  return made;
}

/// A plan that can be laid out for `model`.
inline TrainingPlan training_plan(const Transformer& model) {
  TrainingPlan plan;
  plan.tensor = power_of_two(16);
  plan.pipeline = power_of_two(8);
  plan.context = chance() ? 1 : power_of_two(4);
  plan.data = power_of_two(64);
  if (model.experts > 0) {
    const int most = std::min(static_cast<int>(model.experts), plan.tensor * plan.copies());
    plan.expert = std::min(power_of_two(64), 1 << static_cast<int>(std::log2(most)));
  }
  if (plan.expert > 1 && plan.expert <= plan.copies() && chance()) plan.expert_tensor = plan.tensor;
  plan.zero = *rc::gen::inRange(0, 4);
  plan.sequence = 1024.0 * power_of_two(16);
  plan.microbatch = power_of_two(4);
  plan.global_batch = plan.data * plan.microbatch * *rc::gen::inRange(1, 40);
  plan.recompute = static_cast<Recompute>(*rc::gen::inRange(0, 3));
  plan.sequence_parallel = chance();
  plan.format = chance() ? TrainingFormat::Bf16 : TrainingFormat::Fp8;
  return plan;
}

/// The same of any schedule, where as many stages as devices or twice as many divide layers.
inline TrainingPlan scheduled_plan(const Transformer& model) {
  TrainingPlan plan = training_plan(model);
  if (plan.pipeline == 1) return plan;
  const auto rounds = [&](int of) {
    plan.global_batch = plan.data * plan.microbatch * of * *rc::gen::inRange(1, 8);
  };
  switch (*rc::gen::inRange(0, 4)) {
    case 1:
      plan.schedule = PipelineSchedule::ZeroBubble;
      break;
    case 2:
      plan.schedule = PipelineSchedule::DualPipe;
      rounds(2 * plan.pipeline);
      break;
    case 3:
      plan.chunks = 2;
      if (!divides_layers(static_cast<int>(model.layers), plan.stages())) plan.chunks = 1;
      rounds(plan.pipeline);
      break;
    default:
      break;
  }
  return plan;
}

/// A system with its parts: on H100, with traits and coefficients at random.
struct TrainingParts {
  Transformer model = trained_transformer();
  DeviceSpec device = h100();
  Interconnect links{450_GBps, 8, 50_GBps};
  TrainingTraits traits;
  TrainingCoefficients coefficients;

  TrainingParts() {
    traits.keeps_scores = chance();
    traits.overlaps_tensor = chance();
    traits.gathers_each_microbatch = chance();
    traits.recomputes_products = chance();
    traits.dispatches_once = chance();
    traits.hides_dispatch = chance();
    device.matrix_cores = 132;
    for (const auto& info : training_coefficient_listing()) {
      double& member = coefficients.*info.member;
      member *= number(0.8, 1.25);
      if (info.cap > 0) member = std::min(member, info.cap);
    }
  }

  TrainingSystem system() const { return {model, device, links, false, traits, coefficients}; }
  StepTime step(const TrainingPlan& plan) const {
    const TrainingSystem made = system();
    return TrainingEstimator(made).step(plan);
  }
};

}  // namespace chokepoint::any
