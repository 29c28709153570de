#include "tools/export/step_graphs.hpp"

#include <catch2/catch.hpp>

#include "models/graph/graph_play.hpp"
#include "models/training/step/played_step.hpp"
#include "tests/models/training/step/random_step.hpp"
#include "tests/sim/trace/trace_files.hpp"
#include "tools/fleet/step_trace.hpp"

namespace chokepoint {
namespace {

StepGraphs graphs_through_a_trace(const TrainingPlan& plan, const PlayedStep& step,
                                  const ScratchFolder& folder) {
  write_trace(folder / "t", step_events(plan, step));
  TraceReader reader(folder / "t");
  return step_graphs(reader);
}

TEST_CASE(
    "law: a step through a trace and a graph takes as long as is estimated, where all takes "
    "what was recorded",
    "[trace][export][law]") {
  const ScratchFolder folder;
  CHECK(rc::check([&] {
    const any::TrainingParts parts;
    const TrainingPlan plan = any::played_plan(parts.model);
    const TrainingSystem system = parts.system();
    const PlayedStep step = play_step(system, plan);
    const StepGraphs made = graphs_through_a_trace(plan, step, folder);
    const auto played = play(made.graphs, made.groups, [](std::size_t, const Operator& one) {
      return one.recorded.value_or(Seconds{});
    });
    if (const auto* wrong = std::get_if<PlayComplaint>(&played)) RC_FAIL(wrong->message);
    double ends = 0;
    for (const PlayedRank& rank : std::get<0>(played)) ends = std::max(ends, rank.ends.value);
    // Lengths are whole microseconds: at most one is lost or won at every hand-over.
    const double micros = 1e-6 * (4.0 + 2.0 * plan.microbatches() * plan.stages());
    RC_ASSERT(std::abs(ends - step.ends.value) <= 1e-6 * step.ends.value + micros);
  }));
}

TEST_CASE("step graphs: groups are of the devices that a rank exchanges with", "[trace][export]") {
  const ScratchFolder folder;
  CHECK(rc::check([&] {
    const any::TrainingParts parts;
    TrainingPlan plan;
    plan.tensor = 2, plan.context = 2, plan.data = 3, plan.pipeline = 2;
    plan.global_batch = 6;
    const TrainingSystem system = parts.system();
    const StepGraphs made = graphs_through_a_trace(plan, play_step(system, plan), folder);
    RC_ASSERT(made.graphs.size() == 2U);
    RC_ASSERT(made.graphs[1].rank == 12);
    RC_ASSERT((made.groups.at("tensor_1") == std::vector<int>{12, 13}));
    RC_ASSERT((made.groups.at("context_1") == std::vector<int>{12, 14}));
    RC_ASSERT((made.groups.at("copies_1") == std::vector<int>{12, 14, 16, 18, 20, 22}));
  }));
}

TEST_CASE("step graphs: a trace without a step has none", "[trace][export]") {
  const ScratchFolder folder;
  write_trace(folder / "t", {JobQueued{0_s, JobId{0}}});
  TraceReader reader(folder / "t");
  CHECK(step_graphs(reader).graphs.empty());
}

}  // namespace
}  // namespace chokepoint
