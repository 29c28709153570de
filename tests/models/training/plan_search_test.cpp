#include "models/training/plan_search.hpp"

#include <catch2/catch.hpp>

#include "tests/models/training/random_training.hpp"

namespace chokepoint {
namespace {

bool have_one_shape(const TrainingPlan& a, const TrainingPlan& b) {
  return a.tensor == b.tensor && a.pipeline == b.pipeline && a.context == b.context &&
         a.data == b.data && a.chunks == b.chunks && a.expert == b.expert &&
         a.microbatch == b.microbatch && a.schedule == b.schedule;
}

// Every plan tried by itself: the fastest of each shape first, of those alike the first.
std::vector<RankedTrainingPlan> brute_force(const TrainingSystem& system, const TrainingTask& task,
                                            std::size_t most) {
  std::vector<RankedTrainingPlan> all;
  const TrainingEstimator estimator(system);
  for (const TrainingPlan& plan : training_plans(system, task)) {
    const TrainingMemory memory = training_memory(system, plan);
    if (memory.margin() >= 0) all.push_back({plan, estimator.step(plan), memory});
  }
  std::ranges::stable_sort(
      all, [](const auto& a, const auto& b) { return a.time.total() < b.time.total(); });
  std::vector<RankedTrainingPlan> kept;
  for (const RankedTrainingPlan& one : all) {
    if (kept.size() == most) break;
    const bool is_there = std::ranges::any_of(
        kept, [&](const auto& other) { return have_one_shape(other.plan, one.plan); });
    if (!is_there) kept.push_back(one);
  }
  return kept;
}

bool are_same(const TrainingPlan& a, const TrainingPlan& b) {
  return have_one_shape(a, b) && a.zero == b.zero && a.sharded == b.sharded &&
         a.recompute == b.recompute && a.recomputed_share == b.recomputed_share &&
         a.sequence_parallel == b.sequence_parallel;
}

TEST_CASE("law: a search finds what trying every plan by itself does", "[training][law]") {
  CHECK(rc::check([] {
    any::TrainingParts parts;
    // Down to what most plans do not fit on.
    parts.device.memory = *parts.device.memory * any::number(0.3, 2);
    TrainingTask task;
    task.devices = any::power_of_two(32);
    task.global_batch = 32;
    if (any::chance()) task.grid = PlanGrid::Whole;
    if (any::chance()) {
      task.other_schedules = {PipelineSchedule::ZeroBubble, PipelineSchedule::DualPipe};
    }
    const TrainingSystem system = parts.system();
    const auto most = static_cast<std::size_t>(*rc::gen::inRange(1, 6));
    const TrainingSearch found = search_training(system, task, most);
    const auto expected = brute_force(system, task, most);
    RC_ASSERT(found.tried == static_cast<long>(training_plans(system, task).size()));
    RC_ASSERT(found.plans.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      RC_ASSERT(found.plans[i].time.total() == expected[i].time.total());
      RC_ASSERT(are_same(found.plans[i].plan, expected[i].plan));
      RC_ASSERT(found.plans[i].memory.total() == expected[i].memory.total());
    }
  }));
}

TEST_CASE("law: no pipeline is shorter than its bound", "[training][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    const TrainingSystem system = parts.system();
    const TrainingEstimator estimator(system);
    const TrainingPlan plan = any::training_plan(parts.model);
    const PipelineLoad load = estimator.pipeline(plan, estimator.load(plan));
    const Seconds time = pipeline_time(load);
    RC_ASSERT(least_pipeline_time(load) <= time * (1 + 1e-9));
    const LayerLoad of_layer = estimator.load(plan);
    RC_ASSERT(estimator.step(plan, of_layer, least_pipeline_time(load)).total() <=
              estimator.step(plan).total() * (1 + 1e-9));
  }));
}

TEST_CASE("law: nobody who may try more schedules and options ends slower", "[training][law]") {
  CHECK(rc::check([] {
    const any::TrainingParts parts;
    TrainingTask task;
    task.devices = any::power_of_two(32);
    task.global_batch = 32;
    const TrainingSystem system = parts.system();
    const TrainingSearch usual = search_training(system, task, 1);
    task.grid = PlanGrid::Whole;
    const TrainingSearch whole = search_training(system, task, 1);
    task.other_schedules = {PipelineSchedule::ZeroBubble, PipelineSchedule::DualPipe};
    const TrainingSearch all = search_training(system, task, 1);
    if (usual.plans.empty()) return;
    RC_ASSERT(whole.plans.front().time.total() <= usual.plans.front().time.total());
    RC_ASSERT(all.plans.front().time.total() <= whole.plans.front().time.total());
  }));
}

TEST_CASE("plan search: the slower part is where most is lost", "[training]") {
  StepTime best, other;
  best.parts[0] = Seconds{5}, other.parts[0] = Seconds{5.5};
  other.parts[static_cast<std::size_t>(StepPart::Bubble)] = Seconds{1};
  CHECK(slower_part(other, best) == StepPart::Bubble);
}

}  // namespace
}  // namespace chokepoint
