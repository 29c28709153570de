#pragma once

#include <algorithm>

#include "tests/models/training/random_training.hpp"

namespace chokepoint::any {

/// A plan as training_plan() has it, of any schedule, small enough to be played often.
inline TrainingPlan played_plan(const Transformer& model) {
  TrainingPlan plan = training_plan(model);
  plan.pipeline = std::min(plan.pipeline, 4);
  plan.global_batch = plan.data * plan.microbatch * *rc::gen::inRange(1, 12);
  const int schedule = *rc::gen::inRange(0, 3);
  if (schedule == 1) plan.schedule = PipelineSchedule::ZeroBubble;
  if (schedule == 2 && plan.pipeline > 1) {
    plan.chunks = 2;  // Layers divide by eight stages.
    plan.global_batch = plan.data * plan.microbatch * plan.pipeline * *rc::gen::inRange(1, 4);
  }
  return plan;
}

}  // namespace chokepoint::any
