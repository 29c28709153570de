// A step through a trace, Chakra's files and the replay of graphs: every stage as a user runs it.

#include <rapidcheck.h>

#include <catch2/catch.hpp>

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
  question.schedule = any::chance() ? "zero-bubble" : "1f1b";
  return understood(question);
}

// As many as the largest of these steps takes.
const RankPlacement& h100s() {
  static const RankPlacement placement = [] {
    Diagnostics found;
    const auto cluster = load_cluster(
        "hgx_h100",
        {parse_assignment("sites[pod].pools[h100].stocks[all].units.value=512").value(),
         parse_assignment("sites[pod].power_cap_mw.value=100").value()},
        source_dir(), found);
    if (!cluster) throw std::runtime_error(found.items().front().message);
    return RankPlacement(*cluster, shipped_training());
  }();
  return placement;
}

Seconds replayed(const fs::path& folder, bool as_recorded) {
  GraphQuestion question;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".et") question.files.push_back(entry.path().string());
  }
  question.groups = (folder / "groups.json").string();
  Diagnostics found;
  const auto loaded = load_graphs(question, h100s().devices(), found);
  for (const auto& item : found.items()) UNSCOPED_INFO(item.message);
  REQUIRE(loaded);
  const auto answer = replay_graphs(*loaded, h100s(), as_recorded);
  if (const auto* wrong = std::get_if<PlayComplaint>(&answer)) FAIL(wrong->message);
  return std::get<GraphAnswer>(answer).step;
}

// On the devices that it was estimated for, nobody else on the links. All 12,288 steps that may
// come up keep to it: none is off by more than 0.8 % from four microbatches on, by more than 1.4 %
// below.
TEST_CASE(
    "law: a step of a dense model replays in the time that was estimated, within 1 % from four "
    "microbatches on and 2 % below, and within 0.1 % as recorded",
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
    const double estimated = step.ends.value;
    const double recorded = replayed(folder / "et", true) / step.ends;
    const double computed = replayed(folder / "et", false) / step.ends;
    RC_LOG() << "tp " << plan.tensor << " pp " << plan.pipeline << " dp " << plan.data << " m "
             << plan.microbatches() << ": " << estimated << " s, recorded " << recorded
             << ", computed " << computed << "\n";
    RC_ASSERT(std::abs(recorded - 1) < 1e-3);
    RC_ASSERT(std::abs(computed - 1) < (plan.microbatches() >= 4 ? 0.01 : 0.02));
  }));
}

}  // namespace
}  // namespace chokepoint
