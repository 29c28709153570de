#include "tools/fleet/run_trace.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/calendar.hpp"
#include "models/find_named.hpp"
#include "sim/scenario/read_world.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "tools/console/manifest.hpp"
#include "tools/console/run_folder.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {
namespace {

constexpr const char* kFirstDay = "2000-01-01";  // A run has no date of its own.
constexpr double kLongestDays = 18'000;          // That a scenario may last.
constexpr double kMostCheckpoints = 900'000;     // That a scenario may save,
constexpr double kLeastHours = 0.01;             // and how far apart they are at least.

void set_choice(pb::Sourced& figure, double value) {
  figure.set_value(value);
  figure.set_source("scenario_prior");
  figure.set_confidence(pb::ESTIMATED);
  figure.set_note("a choice");
}

void add_cluster(pb::Scenario& scenario, const RunOutlook& outlook, const NodeSpec& node) {
  const GangSize& gang = outlook.task.gang;
  const double nodes = gang.nodes() + static_cast<double>(outlook.run.spares);
  pb::Org& org = *scenario.add_orgs();
  org.set_name("operator"), org.set_display("Whoever runs the cluster");
  org.set_headquarters("CN"), org.add_classes("other");
  pb::Site& site = *scenario.add_sites();
  site.set_name("cluster"), site.set_display("The cluster"), site.set_country("CN");
  set_choice(*site.mutable_power_cap_mw(),
             std::max(0.01, nodes * node.full_power.value.value * 4e-6));
  set_choice(*site.mutable_pue(), 1.3);
  set_choice(*site.mutable_idle_power_share(), outlook.idle_power_share);
  set_choice(*site.mutable_install_days(), 0);
  pb::Pool& pool = *site.add_pools();
  pool.set_name("gang"), pool.set_node(node.name);
  pb::Stock& stock = *pool.add_stocks();
  stock.set_name("all"), stock.set_owner("operator"), stock.set_status(pb::LEGAL);
  set_choice(*stock.mutable_units(), nodes * node.devices_per_node);
}

void add_job(pb::Scenario& scenario, const RunOutlook& outlook, const TrainingSubject& subject) {
  pb::TrainingJob& job = *scenario.add_training_jobs();
  job.set_name("run"), job.set_owner("operator");
  job.set_transformer(subject.known.model_name);
  set_choice(*job.mutable_tokens_bn(), outlook.asked.tokens / 1e9);
  job.set_sequence_tokens(subject.known.plan.sequence);
  job.set_submitted(kFirstDay);
  job.set_devices(static_cast<std::uint32_t>(outlook.task.gang.devices));
  job.add_pools("cluster/gang");
  const double hours = outlook.run.interval / 1_hours;
  const bool is_rare = outlook.expected.wall / 1_hours < kMostCheckpoints * hours;
  if (hours >= kLeastHours && is_rare) job.set_checkpoint_hours(hours);
}

// The first day after the run.
std::string last_day(const RunOutlook& outlook) {
  const Seconds wall = outlook.played ? to_seconds(outlook.played->wall) : outlook.expected.wall;
  const double days = std::min(kLongestDays, std::floor(wall / 1_days) + 1);
  return format_date(*parse_date(kFirstDay) + std::chrono::days(static_cast<int>(days)));
}

const NodeSpec* server_of(const TrainingSubject& subject, const World& world) {
  const auto node = std::ranges::find_if(world.nodes, [&](const NodeSpec& one) {
    return world.devices[one.device.value].name == subject.known.device_name;
  });
  return node == world.nodes.end() ? nullptr : &*node;
}

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
  Diagnostics found;
  const auto file = root / "scenarios" / "catalog" / "training.textproto";
  auto composed = compose(file, {}, false, found);
  auto catalog = composed ? read_catalog(*composed, found) : std::nullopt;
  const NodeSpec* node = catalog ? server_of(subject, *catalog) : nullptr;
  if (node == nullptr) {
    return Misunderstanding{concat("no server of the catalogue has ", subject.known.device_name),
                            "leave out -o, or add one to scenarios/catalog/nodes.textproto"};
  }
  pb::Scenario& scenario = composed->scenario;
  scenario.set_name("training_run");
  scenario.set_question("What becomes of one training run?");
  scenario.set_start(kFirstDay), scenario.set_end(last_day(outlook));
  scenario.set_seed(outlook.asked.seed.value_or(1));
  add_cluster(scenario, outlook, *node);
  add_job(scenario, outlook, subject);
  auto world = read_catalog(*composed, found);
  if (!world) {
    const auto& first = found.items().front();
    return Misunderstanding{"the run is no scenario: " + first.message, first.help};
  }
  return RunScene{std::move(*composed), std::move(*world)};
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
                                tokens_of(what.lost)});
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
                      const RunOutlook& outlook) {
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
  into.finish({{"interruptions.csv", to_csv(interruptions.table())},
               {"expected.csv", to_csv(shares_table(outlook.expected))},
               {"figures.csv", to_csv(figures_of(played, outlook.expected))}},
              record, trace.fingerprint());
}

}  // namespace chokepoint
