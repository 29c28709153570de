#include "tools/fleet/step_trace.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "sim/trace/nanoseconds.hpp"
#include "sim/trace/writer.hpp"
#include "tools/console/manifest.hpp"
#include "tools/console/run_folder.hpp"

namespace chokepoint {
namespace {

constexpr double kIdlePowerShare = 0.3;  // Of a scene that nobody simulates.
constexpr double kFewestTokens = 1'000;  // That a scenario's job may have.

/// What stands in a trace at one moment: ends, then what takes no time, then what begins.
struct DatedFact {
  std::uint64_t at_ns = 0;
  int turn = 0;
  TraceEvent event;
};

void add_facts(int rank, std::uint64_t number, const StepOperation& one,
               std::vector<DatedFact>& facts) {
  const std::uint64_t begins = nanoseconds(one.begins), ends = nanoseconds(one.ends);
  const bool takes_time = ends > begins;
  const int begin_turn = takes_time ? 2 : 1, end_turn = takes_time ? 0 : 1;
  const Seconds from = seconds(begins), to = seconds(ends);
  if (one.is_exchange) {
    facts.push_back(
        {begins, begin_turn,
         ExchangeBegan{from, JobId{0}, rank, number, one.group, one.is_hidden, one.part, one.what,
                       one.pass, one.microbatch, one.chunk, one.bytes, one.peer}});
    facts.push_back(
        {ends, end_turn, ExchangeEnded{to, JobId{0}, rank, number, one.group, one.is_hidden}});
    return;
  }
  facts.push_back(
      {begins, begin_turn,
       OperationBegan{from, JobId{0}, rank, number, one.part, one.busy, one.pass, one.microbatch,
                      one.chunk, one.operations, one.bytes, one.rate_share}});
  facts.push_back({ends, end_turn, OperationEnded{to, JobId{0}, rank, number}});
}

}  // namespace

std::variant<RunScene, Misunderstanding> scene_of_step(const TrainingSubject& subject, Seconds step,
                                                       const std::filesystem::path& root) {
  SceneOfGang gang;
  gang.name = "training_step";
  gang.question = "Where does the time of one training step go?";
  gang.job = "step";
  gang.devices = subject.known.plan.devices();
  gang.idle_power_share = kIdlePowerShare;
  gang.tokens =
      std::max(kFewestTokens, subject.known.plan.sequence * subject.known.plan.global_batch);
  gang.wall = step;
  return scene_of(gang, subject, root);
}

std::vector<TraceEvent> step_events(const TrainingPlan& plan, const PlayedStep& step) {
  std::vector<DatedFact> facts;
  for (std::size_t rank = 0; rank < step.ranks.size(); ++rank) {
    std::uint64_t number = 0;
    for (const StepOperation& one : step.ranks[rank]) {
      add_facts(static_cast<int>(rank), number++, one, facts);
    }
  }
  std::ranges::stable_sort(facts, {},
                           [](const DatedFact& fact) { return std::tuple(fact.at_ns, fact.turn); });
  std::vector<TraceEvent> events;
  events.reserve(facts.size() + 3);
  events.push_back(StepBegan{{},
                             JobId{0},
                             plan.tensor,
                             plan.pipeline,
                             plan.context,
                             plan.data,
                             plan.expert,
                             static_cast<int>(expert_division(plan)),
                             plan.chunks,
                             plan.microbatches()});
  for (DatedFact& fact : facts) events.push_back(std::move(fact.event));
  const Seconds end = seconds(nanoseconds(step.ends));
  events.push_back(StepEnded{end, JobId{0}});
  events.push_back(RunEnded{end});
  return events;
}

Table step_table(const PlayedStep& step) {
  Table table("ranks", {Column("rank", Type::Count), "part", Column("hidden", Type::YesNo),
                        Column("times", Type::Count), "takes_s"});
  for (std::size_t rank = 0; rank < step.ranks.size(); ++rank) {
    std::map<std::pair<StepPart, bool>, std::pair<std::size_t, Seconds>> sums;
    for (const StepOperation& one : step.ranks[rank]) {
      auto& [times, takes] = sums[{one.part, one.is_hidden}];
      ++times;
      takes += one.time();
    }
    for (const auto& [key, sum] : sums) {
      table.add_row({rank, name(key.first), key.second, sum.first, sum.second.value});
    }
  }
  return table;
}

void write_played_step(const std::filesystem::path& folder, const RunScene& scene,
                       const TrainingPlan& plan, const PlayedStep& step) {
  RunFolder into(folder);
  TraceWriter writer(into.growing_trace(),
                     manifest_of(scene.composed, scene.world.seed, TraceLevel::Job, {}),
                     scene.world, TraceLevel::Job);
  for (const TraceEvent& event : step_events(plan, step)) writer.record(event);
  writer.close();
  pb::RunRecord record;
  record.set_schema(kReplaySchema);
  record.set_scenario(scene.world.name);
  record.set_question(scene.world.question);
  record.set_program_version(CHOKEPOINT_VERSION);
  record.set_scenario_digest(scenario_digest(scene.composed.scenario));
  record.set_seed(scene.world.seed);
  record.set_start(scene.composed.scenario.start());
  record.set_end(scene.composed.scenario.end());
  record.set_trace_level(name_of(TraceLevel::Job));
  record.set_facts(writer.facts());
  into.finish({{"ranks.csv", to_csv(step_table(step))}}, record, writer.fingerprint());
}

}  // namespace chokepoint
