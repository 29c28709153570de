#include "tools/fleet/step_trace.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "sim/trace/reader.hpp"
#include "tests/tools/called_program.hpp"
#include "tests/tools/estimate/training/shipped_training.hpp"

namespace chokepoint {
namespace {

TrainingSubject small_step() {
  TrainingQuestion question;
  question.model = "Llama-3-8B", question.device = "nv_h100_sxm", question.devices = 16;
  question.tensor = 2, question.pipeline = 4, question.global_batch = 32;
  return understood(question);
}

TEST_CASE("step trace: slices of each row nest, ends come before what begins then",
          "[fleet][step]") {
  const called::Folder folder;
  const TrainingSubject subject = small_step();
  const TrainingSystem system = subject.known.system(shipped_training().figures);
  const PlayedStep step = play_step(system, subject.known.plan);
  const auto scene = scene_of_step(subject, step.ends, source_dir());
  if (const auto* wrong = std::get_if<Misunderstanding>(&scene)) FAIL(wrong->message);
  write_played_step(folder.path() / "step", std::get<RunScene>(scene), subject.known.plan, step);
  TraceReader reader(folder.path() / "step" / "trace.pftrace");
  std::map<std::uint64_t, int> depth;
  std::uint64_t last = 0, operations = 0;
  while (const auto timed = reader.next()) {
    CHECK(timed->time_ns >= last);
    last = timed->time_ns;
    if (!timed->fact.has_operation() && !timed->fact.has_exchange()) continue;
    depth[timed->track] += timed->timeline == Timeline::SliceBegin ? 1 : -1;
    CHECK(depth[timed->track] >= 0);
    CHECK(depth[timed->track] <= 1);
    ++operations;
  }
  CHECK_FALSE(reader.truncated());
  CHECK(operations > 1'000);
  for (const auto& [track, open] : depth) CHECK(open == 0);
  CHECK(last == static_cast<std::uint64_t>(std::llround(step.ends.value * 1e9)));
  const std::string table = called::bytes_of(folder.path() / "step" / "tables" / "ranks.csv");
  CHECK(table.rfind("rank,part,hidden,times,takes_s\n", 0) == 0);
}

}  // namespace
}  // namespace chokepoint
