#include "models/training/plan_search.hpp"

#include <catch2/catch.hpp>

#include "tests/models/training/random_training.hpp"

namespace chokepoint {
namespace {

TEST_CASE("law: every plan of a search can be laid out", "[training][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    TrainingTask task;
    task.devices = any::power_of_two(64);
    task.global_batch = 64;
    const TrainingSystem system = parts.system();
    for (const TrainingPlan& plan : training_plans(system, task)) {
      const auto wrong = plan_complaint(plan, parts.model, parts.device, task.devices);
      if (!wrong.message.empty()) RC_FAIL(wrong.message);
    }
  }));
}

TEST_CASE("law: a search finds what trying every plan by itself does", "[training][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    TrainingTask task;
    task.devices = any::power_of_two(32);
    task.global_batch = 32;
    const TrainingSystem system = parts.system();
    const TrainingSearch found = search_training(system, task, 3);
    Seconds best{1e300};
    long fit = 0;
    for (const TrainingPlan& plan : training_plans(system, task)) {
      if (training_memory(system, plan).margin() < 0) continue;
      ++fit;
      best = std::min(best, TrainingEstimator(system).step(plan).total());
    }
    RC_ASSERT(found.tried - found.too_large == fit);
    RC_ASSERT(found.plans.empty() == (fit == 0));
    if (fit > 0) RC_ASSERT(found.plans.front().time.total() == best);
    for (std::size_t i = 1; i < found.plans.size(); ++i) {
      RC_ASSERT(found.plans[i - 1].time.total() <= found.plans[i].time.total());
    }
  }));
}

TEST_CASE("plan search: plans without bubbles have one chunk, and all that is asked for",
          "[training]") {
  const Transformer model = llama_70b();
  const DeviceSpec device = h100();
  const TrainingSystem system{model, device, {450_GBps, 8, 50_GBps}};
  TrainingTask task;
  task.devices = 64, task.global_batch = 64;
  task.schedule = PipelineSchedule::ZeroBubble;
  const auto plans = training_plans(system, task);
  REQUIRE(!plans.empty());
  for (const TrainingPlan& plan : plans) {
    CHECK(plan.schedule == PipelineSchedule::ZeroBubble);
    CHECK(plan.chunks == 1);
  }
}

TEST_CASE("plan search: the slower part is where most is lost", "[training]") {
  StepTime best, other;
  best.parts[0] = Seconds{5}, other.parts[0] = Seconds{5.5};
  other.parts[static_cast<std::size_t>(StepPart::Bubble)] = Seconds{1};
  CHECK(slower_part(other, best) == StepPart::Bubble);
}

}  // namespace
}  // namespace chokepoint
