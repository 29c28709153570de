#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "models/calendar.hpp"
#include "sim/engine/engine.hpp"
#include "sim/scenario/read_world.hpp"
#include "sim/trace/reader.hpp"
#include "sim/trace/writer.hpp"
#include "tools/commands/commands.hpp"
#include "tools/console/fact_line.hpp"
#include "tools/console/interruption.hpp"
#include "tools/console/manifest.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kNanosecondsPerSecond = 1'000'000'000ULL;

/// The second trace, in a folder of its own. Gone when the comparison is over.
class ScratchTrace {
public:
  ScratchTrace() : path_(made_folder() / "trace.pftrace"), goes_(path_), folder_goes_(folder()) {}
  ~ScratchTrace() {
    std::error_code ignored;
    fs::remove_all(folder(), ignored);
  }
  ScratchTrace(const ScratchTrace&) = delete;
  ScratchTrace& operator=(const ScratchTrace&) = delete;

  const fs::path& path() const { return path_; }

private:
  static fs::path made_folder() {
    std::string pattern = (fs::temp_directory_path() / "chokepoint-replay-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) {
      throw std::runtime_error("cannot make folder " + pattern);
    }
    return pattern;
  }
  fs::path folder() const { return path_.parent_path(); }

  fs::path path_;
  RemovedOnSignal goes_, folder_goes_;
};

/// "2025-04-15 06:30:00.250000000": as precise as the trace is.
std::string precise_moment(std::uint64_t time_ns, Moment epoch) {
  return fmt::format("{}.{:09}", moment(epoch, time_ns), time_ns % kNanosecondsPerSecond);
}

std::string line_of(const std::optional<TimedFact>& timed, Moment epoch) {
  if (!timed) return "nothing more";
  return precise_moment(timed->time_ns, epoch) + "  " + timed->fact.ShortDebugString();
}

bool is_same(const TimedFact& a, const TimedFact& b) {
  return a.time_ns == b.time_ns && a.fact.SerializeAsString() == b.fact.SerializeAsString();
}

/// Runs what `manifest` embeds into a trace at `into`; false where that world is not sound.
bool run_again(const pb::Manifest& manifest, const std::string& name, const fs::path& into) {
  Diagnostics found;
  const Composed composed = composed_from(manifest.scenario(), name);
  const auto world = read_world(composed, found);
  if (!world) {
    print(std::cerr, found, name);
    return false;
  }
  const auto level = trace_level(manifest.trace_level());
  if (!level) throw std::runtime_error(name + ": unknown trace level " + manifest.trace_level());
  TraceWriter writer(into, manifest, *world, *level);
  run(*world, writer);
  writer.close();
  return true;
}

/// Prints the first difference, or how many facts match. A trace that was cut off never matches.
int compare_facts(TraceReader& recorded, TraceReader& replayed, const std::string& name) {
  const Moment epoch = epoch_of(recorded.manifest(), name);
  std::uint64_t matched = 0;
  for (;; ++matched) {
    const auto before = recorded.next();
    const auto now = replayed.next();
    if (!before && recorded.truncated()) {
      std::cout << fmt::format("{} stops after {} whole bytes; {} facts match up to there\n", name,
                               recorded.whole_bytes(), matched);
      return kFinding;
    }
    if (!before && !now) break;
    if (before && now && is_same(*before, *now)) continue;
    std::cout << fmt::format(
        "fact {} differs, {} match before it\n  recorded  {}\n  replayed  {}\n", matched + 1,
        matched, line_of(before, epoch), line_of(now, epoch));
    if (recorded.manifest().program_version() != CHOKEPOINT_VERSION) {
      std::cout << fmt::format("  recorded by version {}, replayed by {}\n",
                               recorded.manifest().program_version(), CHOKEPOINT_VERSION);
    }
    return kFinding;
  }
  std::cout << matched << " facts match\n";
  return 0;
}

/// Jobs of a log, whose nodes stand in no scenario.
bool tells_of_jobs(const std::string& trace) {
  TraceReader reader(trace);
  const auto first = reader.next();
  return first && (first->fact.has_held() || first->fact.has_node());
}

int replay_run(const std::string& trace) {
  TraceReader recorded(trace);
  if (recorded.manifest().trace_level() == name_of(TraceLevel::Request)) {
    complain(trace + " holds a replay of requests, not a run",
             "replay its log again, with 'chokepoint replay requests'");
    return kBadInput;
  }
  if (tells_of_jobs(trace)) {
    complain(trace + " holds a replay of jobs, not a run",
             "replay its log again, with 'chokepoint replay jobs'");
    return kBadInput;
  }
  const ScratchTrace again;
  if (!run_again(recorded.manifest(), trace, again.path())) return kBadInput;
  TraceReader replayed(again.path());
  return compare_facts(recorded, replayed, trace);
}

}  // namespace

void add_replay_command(CLI::App& app, Outcome& outcome) {
  const auto trace = std::make_shared<std::string>();
  auto* command = replay_verb(app).add_subcommand(
      "run", "Run the scenario inside a trace again; every fact must match");
  command->add_option("TRACE", *trace, "A trace.pftrace")->required();
  command->callback([trace, &outcome] { outcome.exit_code = replay_run(*trace); });
}

}  // namespace chokepoint
