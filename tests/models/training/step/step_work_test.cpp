#include "models/training/step/step_work.hpp"

#include <catch2/catch.hpp>

#include "tests/models/training/step/random_step.hpp"

namespace chokepoint {
namespace {

// Of all passes of one microbatch through all stages.
double operations_of(const StepWork& work, const TrainingPlan& plan) {
  double sum = 0;
  for (int stage = 0; stage < plan.stages(); ++stage) {
    for (const StepPass pass : {StepPass::Forward, StepPass::Backward}) {
      for (const WorkedPart& part : work.of(pass, stage)) sum += part.operations.value;
    }
    const bool is_apart = plan.schedule == PipelineSchedule::ZeroBubble && plan.pipeline > 1;
    if (!is_apart) continue;
    for (const WorkedPart& part : work.weights(stage)) sum += part.operations.value;
  }
  return sum;
}

TEST_CASE("law: gradients of weights taken apart change no work, nor do chunks",
          "[training][step][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    const TrainingSystem system = parts.system();
    TrainingPlan plan = any::played_plan(parts.model);
    plan.chunks = 1;
    plan.schedule = PipelineSchedule::OneForwardOneBackward;
    const TrainingEstimator estimator(system);
    const StepPieces pieces = estimator.pieces(plan);
    TrainingPlan apart = plan;
    apart.schedule = PipelineSchedule::ZeroBubble;
    const StepPieces of_apart = estimator.pieces(apart);
    const double all = operations_of(StepWork(system, plan, pieces), plan);
    RC_ASSERT(std::abs(operations_of(StepWork(system, apart, of_apart), apart) - all) <=
              1e-9 * all);
  }));
}

TEST_CASE("law: what computes says what share of the rate of large products it attains",
          "[training][step][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    const TrainingSystem system = parts.system();
    const TrainingPlan plan = any::played_plan(parts.model);
    const StepPieces pieces = TrainingEstimator(system).pieces(plan);
    const StepWork work(system, plan, pieces);
    const FlopsPerSecond wide = TrainingRates(system, TrainingFormat::Bf16).large_products();
    for (const WorkedPart& part : work.of(StepPass::Forward, 0)) {
      if (part.time <= Seconds{}) continue;
      if (part.busy == StepBusy::Device) {
        const double told = part.operations.value / (wide.value * part.rate_share);
        RC_ASSERT(std::abs(told - part.time.value) <= 1e-9 * part.time.value);
      } else {
        RC_ASSERT(part.rate_share == 0);
        RC_ASSERT((part.bytes > Bytes{}) == (part.busy == StepBusy::Memory));
      }
    }
  }));
}

}  // namespace
}  // namespace chokepoint
