// A step through a trace, Chakra's files and the replay of graphs: every stage as a user runs it.

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <iostream>

#include "tests/models/performance/random_serving.hpp"
#include "tests/paths.hpp"
#include "tests/sim/trace/trace_files.hpp"
#include "tests/tools/estimate/training/shipped_training.hpp"
#include "tools/export/export_trace.hpp"
#include "tools/fleet/step_trace.hpp"
#include "tools/graph/graph_replay.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

TrainingSubject any_dense_step() {
  TrainingQuestion question;
  question.model = *rc::gen::element(std::string("Llama-3-8B"), std::string("Llama-3-70B"));
  question.device = "nv_h100_sxm";
  question.tensor = 1 << *rc::gen::inRange(0, 4);
  question.pipeline = 1 << *rc::gen::inRange(0, 4);
  const int data = 1 << *rc::gen::inRange(0, 4);
  question.data = data;
  question.devices = *question.tensor * *question.pipeline * data;
  question.zero = data > 1 ? 1 : 0;
  question.global_batch = data * *rc::gen::inRange(1, 17);
  question.sequence = 2048 << *rc::gen::inRange(0, 3);
  question.zero_bubble = any::chance();
  return understood(question);
}

RankPlacement h100s(int devices) {
  Diagnostics found;
  const std::string units = "sites[pod].pools[h100].stocks[all].units.value=";
  const auto cluster =
      load_cluster("hgx_h100",
                   {parse_assignment(units + std::to_string(std::max(devices, 8))).value(),
                    parse_assignment("sites[pod].power_cap_mw.value=100").value()},
                   source_dir(), found);
  REQUIRE(cluster);
  return {*cluster, shipped_training()};
}

Seconds replayed(const fs::path& folder, const RankPlacement& placement, bool as_recorded) {
  GraphQuestion question;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".et") question.files.push_back(entry.path().string());
  }
  question.groups = (folder / "groups.json").string();
  Diagnostics found;
  const auto loaded = load_graphs(question, placement.devices(), found);
  for (const auto& item : found.items()) UNSCOPED_INFO(item.message);
  REQUIRE(loaded);
  const auto answer = replay_graphs(*loaded, placement, as_recorded);
  if (const auto* wrong = std::get_if<PlayComplaint>(&answer)) FAIL(wrong->message);
  return std::get<GraphAnswer>(answer).step;
}

// On the devices that it was estimated for, nobody else on the links. Closed forms of the replay
// know no congestion and no sharing of network cards: gradients and parameters go faster there.
TEST_CASE("law: a step of a dense model replays in the time that was estimated, within 4 %",
          "[trace][export][law]") {
  const ScratchFolder folder;
  CHECK(rc::check([&] {
    const TrainingSubject subject = any_dense_step();
    const TrainingPlan& plan = subject.known.plan;
    const TrainingSystem system = subject.known.system(shipped_training().figures);
    const PlayedStep step = play_step(system, plan);
    write_trace(folder / "t", step_events(plan, step));
    fs::remove_all(folder / "et");
    export_chakra(folder / "t", folder / "et");
    const RankPlacement placement = h100s(plan.devices());
    const double estimated = step.ends.value;
    const double recorded = replayed(folder / "et", placement, true) / step.ends;
    const double computed = replayed(folder / "et", placement, false) / step.ends;
    RC_LOG() << "tp " << plan.tensor << " pp " << plan.pipeline << " dp " << plan.data << " m "
             << plan.microbatches() << ": " << estimated << " s, recorded " << recorded
             << ", computed " << computed << "\n";
    if (std::getenv("CHOKEPOINT_SHOW") != nullptr) {
      std::cerr << "tp " << plan.tensor << " pp " << plan.pipeline << " dp " << plan.data << " m "
                << plan.microbatches() << " " << estimated << " " << recorded << " " << computed
                << "\n";
    }
    RC_ASSERT(std::abs(recorded - 1) < 1e-3);
    RC_ASSERT(std::abs(computed - 1) < 0.04);
  }));
}

}  // namespace
}  // namespace chokepoint
