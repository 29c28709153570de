#include "tools/fleet/run_trace.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "sim/scenario/read_world.hpp"
#include "sim/trace/reader.hpp"
#include "sim/trace/recall.hpp"
#include "tests/tools/called_program.hpp"
#include "tests/tools/estimate/training/shipped_training.hpp"

namespace chokepoint {
namespace {

TrainingSubject llama(const char* device) {
  TrainingQuestion question;
  question.model = "Llama-3-70B", question.device = device, question.devices = 1'024;
  question.tensor = 8, question.pipeline = 4;
  return understood(question);
}

RunOutlook played(const TrainingSubject& subject, double tokens) {
  RunQuestion question;
  question.tokens = tokens;
  question.seed = 5;
  question.settings.mean_to_interruption = 4_hours;
  return std::get<RunOutlook>(outlook_of(question, subject, Seconds{10}, shipped_training()));
}

// What a trace says, phase by phase, in nanoseconds.
struct ToldRun {
  std::map<RunPhase, std::uint64_t> phases;
  std::int64_t interruptions = 0;
  double saved_tokens = 0, lost_tokens = 0;
  bool is_finished = false;
};

ToldRun told_of_run(const std::filesystem::path& file) {
  TraceReader reader(file);
  Diagnostics found;
  const auto world = read_world(composed_from(reader.manifest().scenario(), "trace"), found);
  for (const auto& item : found.items()) UNSCOPED_INFO(item.message);
  REQUIRE(world);
  const WorldNames names(*world);
  ToldRun told;
  std::uint64_t began = 0;
  while (const auto timed = reader.next()) {
    const auto event = recall(timed->fact, Seconds{double(timed->time_ns) * 1e-9}, names);
    REQUIRE(event);
    if (std::holds_alternative<RunPhaseBegan>(*event)) began = timed->time_ns;
    if (const auto* ended = std::get_if<RunPhaseEnded>(&*event)) {
      told.phases[ended->phase] += timed->time_ns - began;
    }
    if (const auto* stop = std::get_if<RunInterrupted>(&*event)) {
      ++told.interruptions;
      told.lost_tokens += stop->lost.value;
    }
    if (const auto* saved = std::get_if<RunSaved>(&*event))
      told.saved_tokens = saved->trained.value;
    told.is_finished = told.is_finished || std::holds_alternative<JobFinished>(*event);
  }
  CHECK_FALSE(reader.truncated());
  return told;
}

TEST_CASE("law: a trace of a run adds up to the run, to the nanosecond", "[fleet][law]") {
  const called::Folder folder;
  const TrainingSubject subject = llama("nv_h100_sxm");
  const RunOutlook outlook = played(subject, 1e11);
  const auto scene = scene_of(outlook, subject, source_dir());
  if (const auto* wrong = std::get_if<Misunderstanding>(&scene)) FAIL(wrong->message);
  write_played_run(folder.path() / "run", std::get<RunScene>(scene), outlook);
  const ToldRun told = told_of_run(folder.path() / "run" / "trace.pftrace");
  const PlayedRun& run = *outlook.played;
  REQUIRE(run.interruptions > 0);
  CHECK(told.is_finished);
  CHECK(told.interruptions == run.interruptions);
  for (std::size_t i = 0; i < kRunPhases; ++i) {
    const auto phase = static_cast<RunPhase>(i);
    const auto found = told.phases.find(phase);
    const std::uint64_t time = found == told.phases.end() ? 0 : found->second;
    INFO(name(phase));
    CHECK(time == static_cast<std::uint64_t>(run.of(phase)));
  }
  CHECK(told.saved_tokens == Approx(1e11));
  CHECK(told.lost_tokens == Approx(1e11 * double(run.lost) / double(run.work)));
  const std::string table =
      called::bytes_of(folder.path() / "run" / "tables" / "interruptions.csv");
  CHECK(std::count(table.begin(), table.end(), '\n') == 1 + run.interruptions);
}

TEST_CASE("run trace: same seed, same bytes", "[fleet]") {
  const called::Folder folder;
  const TrainingSubject subject = llama("nv_h100_sxm");
  const RunOutlook outlook = played(subject, 1e10);
  const auto scene = std::get<RunScene>(scene_of(outlook, subject, source_dir()));
  for (const char* name : {"a", "b"}) write_played_run(folder.path() / name, scene, outlook);
  CHECK(called::bytes_of(folder.path() / "a" / "trace.pftrace") ==
        called::bytes_of(folder.path() / "b" / "trace.pftrace"));
}

TEST_CASE("run trace: a device without a server says so", "[fleet][bad]") {
  TrainingSubject subject = llama("nv_h100_sxm");
  const RunOutlook outlook = played(subject, 1e10);
  subject.known.device_name = "nobody_builds_one";
  CHECK(std::get<Misunderstanding>(scene_of(outlook, subject, source_dir())).message ==
        "no server of the catalogue has nobody_builds_one");
}

}  // namespace
}  // namespace chokepoint
