#include "models/training/plan_grid.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <tuple>

#include "tests/models/training/random_training.hpp"

namespace chokepoint {
namespace {

TrainingTask any_task(int devices, int batch) {
  TrainingTask task;
  task.devices = any::power_of_two(devices);
  task.global_batch = batch;
  if (any::chance()) task.grid = PlanGrid::Whole;
  if (any::chance()) task.schedule = PipelineSchedule::ZeroBubble;
  if (any::chance()) task.other_schedules = {PipelineSchedule::DualPipe};
  return task;
}

auto key(const TrainingPlan& p) {
  return std::tuple(p.tensor, p.pipeline, p.chunks, p.context, p.data, p.expert, p.microbatch,
                    p.zero, p.sharded, p.recompute, p.recomputed_share, p.sequence_parallel,
                    p.schedule);
}

TEST_CASE("law: every plan of a grid can be laid out", "[training][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    const TrainingTask task = any_task(64, 64);
    const TrainingSystem system = parts.system();
    for (const TrainingPlan& plan : training_plans(system, task)) {
      const auto wrong = plan_complaint(plan, parts.model, parts.device, plan.devices());
      if (!wrong.message.empty()) RC_FAIL(wrong.message);
      RC_ASSERT(plan.devices() <= task.devices);
      if (task.grid == PlanGrid::Usual) RC_ASSERT(plan.devices() == task.devices);
    }
  }));
}

TEST_CASE("law: no plan of a grid is there twice, and shapes count their plans",
          "[training][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    const TrainingTask task = any_task(32, 32);
    const TrainingSystem system = parts.system();
    const auto plans = training_plans(system, task);
    std::set<decltype(key(plans.front()))> seen;
    for (const TrainingPlan& plan : plans) RC_ASSERT(seen.insert(key(plan)).second);
    long count = 0;
    for (const PlanShape& shape : plan_shapes(system, task)) {
      RC_ASSERT(shape.first == count);
      count += plan_options(system, task, shape.plan).count();
    }
    RC_ASSERT(count == static_cast<long>(plans.size()));
  }));
}

TEST_CASE("law: the whole grid has all that the usual one has", "[training][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    TrainingTask task = any_task(32, 32);
    const TrainingSystem system = parts.system();
    task.grid = PlanGrid::Usual;
    const auto usual = training_plans(system, task);
    task.grid = PlanGrid::Whole;
    const auto whole = training_plans(system, task);
    std::set<decltype(key(usual.front()))> all;
    for (const TrainingPlan& plan : whole) all.insert(key(plan));
    for (const TrainingPlan& plan : usual) RC_ASSERT(all.contains(key(plan)));
  }));
}

TEST_CASE("plan grid: devices that degrees leave over are idle", "[training]") {
  const Transformer model = llama_70b();
  const DeviceSpec device = h100();
  const TrainingSystem system{model, device, {450_GBps, 8, 50_GBps}};
  TrainingTask task;
  task.devices = 100, task.global_batch = 1024;
  task.grid = PlanGrid::Whole;
  const auto plans = training_plans(system, task);
  CHECK(std::ranges::any_of(plans, [](const TrainingPlan& plan) {
    return plan.tensor == 8 && plan.pipeline == 2 && plan.data == 4;
  }));
}

TEST_CASE("plan grid: plans without bubbles have one chunk, and all that is asked for",
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

}  // namespace
}  // namespace chokepoint
