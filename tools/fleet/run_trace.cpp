#include "tools/fleet/run_trace.hpp"

#include <utility>

#include "tools/console/manifest.hpp"
#include "tools/console/run_folder.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {
namespace {

constexpr double kMostCheckpoints = 900'000;  // That a scenario may save,
constexpr double kLeastHours = 0.01;          // and how far apart they are at least.

// What interrupts a run, as a table.
class Interruptions : public RunObserver {
public:
  void entered(RunPhase, Nanoseconds) override {}
  void left(RunPhase, Nanoseconds) override {}
  void saved(Nanoseconds, Nanoseconds) override {}
  void interrupted(const RunInterruption& what) override {
    table_.add_row({to_seconds(what.at).value, std::string(name(what.scope)), what.is_broken,
                    to_seconds(what.lost).value, to_seconds(what.kept_work).value});
  }
  const Table& table() const { return table_; }

private:
  Table table_{
      "interruptions",
      {Column("at_s", Type::Real), Column("by", Type::Text), Column("is_broken", Type::YesNo),
       Column("lost_s", Type::Real), Column("kept_work_s", Type::Real)}};
};

/// What the run came to, and what is to be expected of runs like it.
Table figures_of(const PlayedRun& played, const RunExpectation& expected) {
  Table table("figures", {Column("figure", Type::Text), Column("value", Type::Real)});
  table.add_row({"wall_days", to_seconds(played.wall) / 1_days});
  table.add_row({"expected_wall_days", expected.wall / 1_days});
  table.add_row({"goodput_share", played.goodput()});
  table.add_row({"interruptions", played.interruptions});
  table.add_row({"broken_servers", played.broken});
  table.add_row({"waits_for_servers", played.waits});
  table.add_row({"lost_days", to_seconds(played.lost) / 1_days});
  table.add_row({"checkpoints", played.checkpoints});
  return table;
}

}  // namespace

std::variant<RunScene, Misunderstanding> scene_of(const RunOutlook& outlook,
                                                  const TrainingSubject& subject,
                                                  const std::filesystem::path& root) {
  SceneOfGang gang;
  gang.name = "training_run";
  gang.question = "What becomes of one training run?";
  gang.job = "run";
  gang.devices = outlook.task.gang.devices;
  gang.spare_nodes = static_cast<double>(outlook.run.spares);
  gang.idle_power_share = outlook.idle_power_share;
  gang.tokens = outlook.asked.tokens;
  const double hours = outlook.run.interval / 1_hours;
  const bool is_rare = outlook.expected.wall / 1_hours < kMostCheckpoints * hours;
  if (hours >= kLeastHours && is_rare) gang.checkpoint_hours = hours;
  gang.wall = outlook.played ? to_seconds(outlook.played->wall) : outlook.expected.wall;
  gang.seed = outlook.asked.seed.value_or(1);
  return scene_of(gang, subject, root);
}

RunTrace::RunTrace(const std::filesystem::path& file, const RunScene& scene,
                   const RunOutlook& outlook)
    : rate_(Tokens{outlook.asked.tokens} / outlook.run.work),
      writer_(file, manifest_of(scene.composed, scene.world.seed, TraceLevel::Job, {}), scene.world,
              TraceLevel::Job) {
  writer_.record(JobPlaced{{}, JobId{0}, PoolId{0}, outlook.task.gang.nodes(), rate_});
}

Tokens RunTrace::tokens_of(Nanoseconds work) const {
  return rate_ * to_seconds(work);
}

void RunTrace::entered(RunPhase phase, Nanoseconds at) {
  writer_.record(RunPhaseBegan{to_seconds(at), JobId{0}, phase});
}

void RunTrace::left(RunPhase phase, Nanoseconds at) {
  writer_.record(RunPhaseEnded{to_seconds(at), JobId{0}, phase});
}

void RunTrace::interrupted(const RunInterruption& what) {
  writer_.record(RunInterrupted{to_seconds(what.at), JobId{0}, what.scope, what.is_broken,
                                tokens_of(what.lost), what.checkpoint_lost});
}

void RunTrace::saved(Nanoseconds at, Nanoseconds work) {
  writer_.record(RunSaved{to_seconds(at), JobId{0}, tokens_of(work)});
}

void RunTrace::close(const PlayedRun& played) {
  const Seconds end = to_seconds(played.wall);
  if (played.is_finished) {
    writer_.record(JobFinished{end, JobId{0}});
  } else {
    writer_.record(JobUnfinished{end, JobId{0}, tokens_of(played.work)});
  }
  writer_.record(RunEnded{end});
  writer_.close();
}

void write_played_run(const std::filesystem::path& folder, const RunScene& scene,
                      const RunOutlook& outlook, const std::vector<Table>& more) {
  const std::uint64_t seed = *outlook.asked.seed;
  RunFolder into(folder);
  RunTrace trace(into.growing_trace(), scene, outlook);
  const PlayedRun played = play_run(outlook.run, seed, &trace);
  trace.close(played);
  Interruptions interruptions;
  play_run(outlook.run, seed, &interruptions);
  pb::RunRecord record;
  record.set_schema(kReplaySchema);
  record.set_scenario(scene.world.name);
  record.set_question(scene.world.question);
  record.set_program_version(CHOKEPOINT_VERSION);
  record.set_scenario_digest(scenario_digest(scene.composed.scenario));
  record.set_seed(seed);
  record.set_start(scene.composed.scenario.start());
  record.set_end(scene.composed.scenario.end());
  record.set_trace_level(name_of(TraceLevel::Job));
  record.set_facts(trace.facts());
  std::vector<TableFile> tables = {{"interruptions.csv", to_csv(interruptions.table())},
                                   {"expected.csv", to_csv(shares_table(outlook.expected))},
                                   {"figures.csv", to_csv(figures_of(played, outlook.expected))}};
  for (const Table& table : more) tables.push_back({table.name() + ".csv", to_csv(table)});
  into.finish(tables, record, trace.fingerprint());
}

}  // namespace chokepoint
