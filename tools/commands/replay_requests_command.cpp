#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <ctime>
#include <deque>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "models/serving/fixed_point.hpp"
#include "models/serving/nanoseconds.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/trace/event/timeline.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/options/replay_options.hpp"
#include "tools/console/manifest.hpp"
#include "tools/console/run_folder.hpp"
#include "tools/fleet/replay_answer.hpp"
#include "tools/fleet/replay_meter.hpp"
#include "tools/fleet/replay_table.hpp"
#include "tools/fleet/request_table.hpp"
#include "tools/fleet/request_trace.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

constexpr const char* kShorterSteps =
    "lower --context so that longer requests are refused, or spread replicas over more devices";

std::chrono::duration<double> wall_clock() {
  return std::chrono::steady_clock::now().time_since_epoch();
}

/// Clusters with their fleets, ready to serve; nothing after complaints, with the exit code.
struct PreparedReplay {
  std::deque<Cluster> clusters;  // Do not move: fleets refer to them.
  std::deque<PlannedFleet> fleets;
  int exit_code = 0;
};

std::string cluster_name(const Cluster& cluster) {
  const std::string& name = cluster.world.name;
  return name.empty() ? cluster.file.stem().string() : name;
}

/// Plans for the requests that are served: those beyond the model's context are refused.
std::variant<PlannedFleet, FleetRefusal> plan_or_refuse(const Cluster& cluster,
                                                        FleetQuestion question,
                                                        const ReplayedLog& log,
                                                        Diagnostics& found) {
  const World& world = cluster.world;
  ServingQuestion& service = question.service;
  if (service.model.empty() && world.served.model) {
    service.model = world.transformers[world.served.model->value].name;
  }
  const std::int64_t context = context_of(service, world);
  const auto lengths = mean_lengths(log, context);
  if (!lengths) {
    return FleetRefusal{
        true, fmt::format("every request is longer than the context of {} tokens", context),
        "say with --context how much the engine takes"};
  }
  service.prompt = std::max(lengths->prompt, 1.0);
  service.output = std::max(lengths->output, 1.0);
  try {
    return plan_fleet(cluster, question, found);
  } catch (const StepTooLong& step) {
    return FleetRefusal{true, step.what(), kShorterSteps};
  }
}

/// Reads every cluster and plans its fleet; all that is wrong is told before anything runs.
PreparedReplay prepare(const ReplayOptions& options, const ReplayedLog& log, const fs::path& root) {
  PreparedReplay prepared;
  std::vector<Assignment> sets;
  for (const std::string& set : options.sets) sets.push_back(parse_assignment(set).value());
  for (const std::string& name : options.clusters) {
    Diagnostics found;
    auto cluster = load_cluster(name, sets, root, found);
    std::optional<std::variant<PlannedFleet, FleetRefusal>> planned;
    if (cluster) {
      prepared.clusters.push_back(std::move(*cluster));
      planned = plan_or_refuse(prepared.clusters.back(), options.fleet, log, found);
    }
    if (!found.items().empty()) print(std::cerr, found, name);
    if (found.has_errors()) {
      prepared.exit_code = kBadInput;
    } else if (const auto* refusal = std::get_if<FleetRefusal>(&*planned)) {
      complain(name + ": " + refusal->message, refusal->help);
      const int code = refusal->is_infeasible ? kInfeasible : kUsage;
      if (prepared.exit_code == 0) prepared.exit_code = code;
    } else {
      prepared.fleets.push_back(std::move(std::get<PlannedFleet>(*planned)));
    }
  }
  return prepared;
}

std::unique_ptr<RequestSource> source_for(const ReplayedLog& log, const PlannedFleet& fleet) {
  auto source = open_replay(log);
  if (fleet.classes.size() == 1) return source;
  return std::make_unique<Classed>(std::move(source), fleet.classes, fleet.seed);
}

pb::RunRecord record_of(const Cluster& cluster, const PlannedFleet& fleet, const ReplayedLog& log,
                        const ReplayOptions& options) {
  pb::RunRecord record;
  record.set_schema(kReplaySchema);
  record.set_scenario(cluster.world.name);
  record.set_question(cluster.world.question);
  record.set_program_version(CHOKEPOINT_VERSION);
  record.set_scenario_digest(scenario_digest(cluster.composed.scenario));
  record.set_seed(fleet.seed);
  record.set_log(log.question.file.string());
  record.set_log_format(std::string(facts_of(log.summary.format).name));
  for (const std::string& set : options.sets) record.add_set(set);
  return record;
}

/// Where the tables of one cluster go: the folder itself where there is but one.
fs::path folder_for(const ReplayOptions& options, const std::string& cluster) {
  const fs::path folder = *options.directory;
  return options.clusters.size() == 1 ? folder : folder / cluster;
}

/// Between two looks at replicas, of which a trace has some thousands.
Nanoseconds look_period(const ReplayedLog& log) {
  constexpr Nanoseconds kSecond = 1'000'000'000;
  constexpr Nanoseconds kLooks = 2000;
  if (log.lasts <= Seconds{}) return kSecond;
  return std::max<Nanoseconds>(to_nanoseconds(log.lasts) / kLooks, kSecond / 10);
}

Replayed replay_on(const Cluster& cluster, PlannedFleet& fleet, const ReplayedLog& log,
                   const ReplayOptions& options, bool quiet) {
  const std::string name = cluster_name(cluster);
  auto source = source_for(log, fleet);
  ReplayMeter meter(terminal(), progress_style(quiet), log.requests, name, wall_clock);
  std::vector<ReplayListener*> listeners = {&meter};
  std::optional<RunFolder> folder;
  std::optional<RequestTable> requests;
  std::optional<RequestTrace> trace;
  if (options.directory) {
    folder.emplace(folder_for(options, name));
    requests.emplace(folder->growing_table(RequestTable::kName), fleet);
    listeners.push_back(&*requests);
  }
  if (options.traces) {
    trace.emplace(folder->growing_trace(), cluster, fleet, look_period(log));
    source = trace->heard(std::move(source));
    listeners.push_back(&*trace);
  }
  const auto began = wall_clock();
  const std::clock_t cpu_began = std::clock();
  Replayed replayed{name, &fleet, replay(fleet, *source, listeners)};
  meter.finish();
  if (!folder) return replayed;
  requests->close();
  pb::RunRecord record = record_of(cluster, fleet, log, options);
  if (trace) {
    trace->close(replayed.account.span);
    record.set_trace_level(name_of(TraceLevel::Request));
    record.set_facts(trace->facts());
  }
  record.set_wall_s((wall_clock() - began).count());
  record.set_cpu_s(static_cast<double>(std::clock() - cpu_began) / CLOCKS_PER_SEC);
  folder->finish({{"replicas.csv", to_csv(replica_table(fleet, replayed.account))},
                  {"pools.csv", to_csv(pools_table(replayed))},
                  {"replay.csv", to_csv(comparison_table({replayed}))}},
                 record, trace ? std::optional(trace->fingerprint()) : std::nullopt,
                 {{RequestTable::kName, requests->bytes(), requests->fingerprint()}});
  return replayed;
}

void print_answer(const ReplayedLog& log, const std::vector<Replayed>& replayed,
                  const ReplayOptions& options) {
  if (options.json) {
    std::cout << replay_json(log, replayed).text() << "\n";
    return;
  }
  std::cout << replay_answer(replayed) << "\n" << log_text(log);
  for (const Replayed& one : replayed) std::cout << plans_text(one);
  std::cout << "\n" << to_text(comparison_table(replayed));
  if (options.directory) std::cout << "\ntables  " << *options.directory << "\n";
}

/// Sets up the links of fleets whose pools read and decode apart; the exit code of a refusal.
int drive_transfers(PreparedReplay& prepared, DriveTransfers drive) {
  int driven = 0;
  for (std::size_t i = 0; i < prepared.fleets.size(); ++i) {
    if (!prepared.fleets[i].is_apart()) continue;
    if (drive == nullptr) throw NeedsSimulation();
    if (++driven > 1) {
      return refuse("pools read and decode apart in more than one cluster",
                    "one process simulates one network: replay them one by one");
    }
    drive(prepared.clusters[i], prepared.fleets[i]);
  }
  return 0;
}

int replay_requests(const ReplayOptions& options, const fs::path& root, bool quiet,
                    DriveTransfers drive) {
  Diagnostics found;
  LogRefusal refusal;
  LogQuestion question = options.log;
  question.options.seed = options.fleet.seed.value_or(question.options.seed);
  const auto log = check_replay(question, found, refusal);
  if (!found.items().empty()) print(std::cerr, found, options.log.file.string());
  if (found.has_errors()) return kBadInput;
  if (!log) return refuse(refusal.message, refusal.help);
  PreparedReplay prepared = prepare(options, *log, root);
  if (prepared.exit_code != 0) return prepared.exit_code;
  std::set<std::string> names;
  for (const Cluster& cluster : prepared.clusters) {
    if (names.insert(cluster_name(cluster)).second) continue;
    return refuse("two clusters are called " + in_quotes(cluster_name(cluster)),
                  "name each once, or give files names of their own");
  }
  if (const int code = drive_transfers(prepared, drive); code != 0) return code;
  std::vector<Replayed> replayed;
  for (std::size_t i = 0; i < prepared.fleets.size(); ++i) {
    const Cluster& cluster = prepared.clusters[i];
    try {
      replayed.push_back(replay_on(cluster, prepared.fleets[i], *log, options, quiet));
    } catch (const StepTooLong& step) {
      complain(cluster_name(cluster) + ": " + step.what(), kShorterSteps);
      return kInfeasible;
    }
  }
  print_answer(*log, replayed, options);
  return 0;
}

}  // namespace

void add_replay_requests_command(CLI::App& app, Outcome& outcome) {
  add_replay_requests_command(app, outcome, nullptr);
}

void add_replay_requests_command(CLI::App& app, Outcome& outcome, DriveTransfers drive) {
  auto* command = replay_verb(app).add_subcommand(
      "requests", "A log of requests on a cluster: latency, throughput, energy and money");
  const auto options = std::make_shared<ReplayOptions>();
  add_replay_options(*command, *options);
  command->callback([=, &outcome] {
    outcome.exit_code = replay_requests(*options, root_of(*command), is_quiet(*command), drive);
  });
}

}  // namespace chokepoint
