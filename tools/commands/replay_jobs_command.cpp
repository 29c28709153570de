#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tools/commands/commands.hpp"
#include "tools/commands/options/real_in.hpp"
#include "tools/console/manifest.hpp"
#include "tools/console/run_folder.hpp"
#include "tools/jobs/job_changes.hpp"
#include "tools/jobs/job_failures.hpp"
#include "tools/jobs/job_text.hpp"
#include "tools/jobs/job_trace.hpp"
#include "tools/network/network_designs.hpp"
#include "tools/print/whole_file.hpp"

namespace chokepoint {
namespace {

struct JobsOptions {
  std::string log, format, unit, recorded_on, output;
  std::vector<std::string> clusters, policies, columns, sets;
  bool skips_bad = false, json = false;
  JobPrices prices;
  double half_life_days = 7, service_limit_hours = 5;
  bool fails = false;  // And how, if it does:
  FailureQuestion failures;
  std::optional<std::uint64_t> seed;
  std::optional<double> failure_factor;
  std::optional<int> most_restarts;
  std::optional<std::string> trace_level, begins;
  std::optional<std::string> placement;
  std::optional<int> nodes_per_domain;
  bool whole_devices = false;

  bool takes_devices_back() const {
    return std::ranges::any_of(policies, [](const std::string& policy) {
      return policy == name(QueuePolicy::Preemptive) || policy == name(QueuePolicy::LeastService);
    });
  }
  bool has_folder() const { return !output.empty() && !output.ends_with(".csv"); }
};

// A cluster that was read, with its pools and how they fail.
struct ReadCluster {
  Cluster cluster;
  std::vector<JobPoolFacts> pools;
  std::optional<JobFailures> failures;
  JobChanges changes;
};

QueueSettings settings_of(const JobsOptions& options, const ReadCluster& read) {
  constexpr double kSecond = 1e3, kMinute = 60 * kSecond, kHour = 60 * kMinute, kDay = 24 * kHour;
  QueueSettings settings;
  settings.half_life = options.half_life_days * kDay;
  settings.service_limit = options.service_limit_hours * kHour;
  const FailureQuestion& asked = options.failures;
  settings.checkpoint_every = std::llround(asked.checkpoint_minutes.value_or(0) * kMinute);
  settings.checkpoint_cost = std::llround(asked.checkpoint_seconds.value_or(0) * kSecond);
  settings.restart = std::llround(asked.restart_seconds.value_or(0) * kSecond);
  if (options.most_restarts) settings.most_stops = *options.most_restarts;
  settings.changes = read.changes.changes;
  if (options.placement) settings.placement = *node_placement_named(*options.placement);
  return read.failures ? with_failures(std::move(settings), *read.failures, asked) : settings;
}

/// Says what makes no sense together; 0 where all does.
int check_failures(const JobsOptions& options) {
  const auto needs = [&](bool is_given, const char* option) {
    if (!is_given || options.fails) return 0;
    return refuse(std::string(option) + " says how nodes fail, and they do not",
                  "add --failures, or leave it out");
  };
  for (const int code : {needs(options.seed.has_value(), "--seed"),
                         needs(options.failure_factor.has_value(), "--failure-factor"),
                         needs(options.failures.with_software, "--software-failures"),
                         needs(options.most_restarts.has_value(), "--most-restarts")}) {
    if (code != 0) return code;
  }
  const FailureQuestion& asked = options.failures;
  const bool saves = options.takes_devices_back() && asked.checkpoint_minutes.value_or(0) > 0;
  if (asked.checkpoint_seconds && !options.fails && !saves) {
    return refuse(
        "no checkpoint is made",
        "add --failures, or --checkpoint-minutes with --policy preempt or las, or leave out "
        "--checkpoint-seconds");
  }
  if (options.fails && asked.checkpoint_seconds == 0.0 && !asked.checkpoint_minutes) {
    return refuse("a checkpoint that costs nothing would be made all the time",
                  "say with --checkpoint-minutes how often it is made");
  }
  if (options.trace_level && !options.has_folder()) {
    return refuse("there is no trace without a folder", "name one with -o");
  }
  return 0;
}

std::vector<std::string> policy_names() {
  std::vector<std::string> names;
  for (const QueuePolicy policy : queue_policies()) names.emplace_back(name(policy));
  return names;
}

std::string is_job_column(const std::string& text) {
  const auto equals = text.find('=');
  const bool is_good = equals != std::string::npos && equals + 1 < text.size() &&
                       job_role_named(text.substr(0, equals)).has_value();
  return is_good ? ""
                 : "'" + text +
                       "' is no ROLE=NAME; roles: id, submit, start, end, run, estimate, "
                       "devices, instances, share, resources, state, owner, priority, min_devices, "
                       "max_devices, serial_share";
}

JobLogOptions log_options(const JobsOptions& options) {
  JobLogOptions made;
  made.skips_bad = options.skips_bad;
  made.whole_devices = options.whole_devices;
  if (!options.format.empty()) made.format = job_log_format_named(options.format);
  made.unit = job_time_unit_named(options.unit);
  for (const std::string& column : options.columns) {
    const auto equals = column.find('=');
    made.named[*job_role_named(column.substr(0, equals))] = column.substr(equals + 1);
  }
  return made;
}

/// A cluster with its pools; nothing after complaints.
std::optional<ReadCluster> cluster_of(const std::string& name, const JobsOptions& options,
                                      const std::optional<JobLog>& log, const TrainingWorld& world,
                                      const std::filesystem::path& root) {
  std::vector<Assignment> sets;
  for (const std::string& set : options.sets) sets.push_back(parse_assignment(set).value());
  Diagnostics found;
  auto cluster = load_cluster(name, sets, root, found);
  std::vector<JobPoolFacts> pools;
  std::optional<JobFailures> failures;
  if (cluster) pools = job_pools(*cluster, world, options.recorded_on, found);
  for (JobPoolFacts& pool : pools) {
    pool.pool.nodes_per_domain = options.nodes_per_domain.value_or(0);
  }
  if (options.fails && !pools.empty()) {
    failures = job_failures(*cluster, world, pools, options.failures, found);
  }
  std::optional<JobChanges> changes;
  if (log && !pools.empty()) {
    const auto begins = options.begins ? parse_date(*options.begins) : std::nullopt;
    changes = job_changes(*cluster, pools, *log, begins, found);
  }
  if (!found.items().empty()) print(std::cerr, found, name);
  if (found.has_errors()) return std::nullopt;
  return ReadCluster{std::move(*cluster), std::move(pools), std::move(failures),
                     std::move(changes).value_or(JobChanges())};
}

/// A folder to write into, and what the first replay does there.
struct TracedFolder {
  RunFolder folder;
  std::optional<JobTrace> trace;
  TraceLevel level;

  TracedFolder(const JobsOptions& options, const ReadCluster& first, const JobLog& log)
      : folder(options.output),
        level(trace_level(options.trace_level.value_or("job")).value_or(TraceLevel::Job)) {
    trace.emplace(folder.growing_trace(), first.cluster, first.pools, log, options.failures.seed,
                  level);
  }
};

/// A CSV of all jobs where the name ends so; else a folder with that, the figures, the trace and a
/// record.
void write_answers(const JobsOptions& options, const JobLog& log,
                   const std::vector<JobsOnCluster>& answers, std::optional<TracedFolder>& traced) {
  const std::string jobs = to_csv(job_table(log, answers));
  if (options.output.ends_with(".csv")) {
    write_whole(options.output, jobs);
    return;
  }
  pb::RunRecord record;
  record.set_schema(kReplaySchema);
  record.set_scenario(answers.front().cluster);
  record.set_question("What becomes of a log of jobs?");
  record.set_program_version(CHOKEPOINT_VERSION);
  record.set_log(options.log);
  record.set_log_format(std::string(name(log.format)));
  for (const std::string& set : options.sets) record.add_set(set);
  record.set_trace_level(name_of(traced->level));
  record.set_facts(traced->trace->facts());
  if (options.fails) record.set_seed(options.failures.seed);
  std::vector<TableFile> tables = {{"jobs.csv", jobs},
                                   {"figures.csv", to_csv(job_figures_table(answers))}};
  if (options.fails) {
    tables.push_back(
        {"failures_by_size.csv", to_csv(failures_by_size(log, answers.front().replays.front()))});
  }
  traced->folder.finish(tables, record, traced->trace->fingerprint());
}

/// Plays the log under every policy on a cluster; the first replay of all is traced.
JobsOnCluster played_on(const ReadCluster& read, const std::string& name, const JobLog& log,
                        const JobsOptions& options, JobTrace* trace) {
  JobsOnCluster answer{std::filesystem::path(name).stem().string(), read.pools, {}};
  if (read.failures) answer.failures = failures_line(*read.failures, options.failures);
  const std::vector<std::string> policies =
      options.policies.empty() ? std::vector<std::string>{"easy"} : options.policies;
  answer.changes = read.changes;
  const QueueSettings settings = settings_of(options, read);
  for (const std::string& policy : policies) {
    answer.replays.push_back(replay_jobs(log, answer.pools, *queue_policy_named(policy), settings,
                                         options.prices, trace));
    if (trace != nullptr) trace->close(answer.replays.front().played.ends);
    trace = nullptr;
  }
  return answer;
}

int replay_jobs_of(JobsOptions options, const std::filesystem::path& root) {
  if (const int code = check_failures(options); code != 0) return code;
  options.failures.seed = options.seed.value_or(1);
  options.failures.factor = options.failure_factor.value_or(1);
  Diagnostics found;
  const auto log = read_job_log(options.log, log_options(options), found);
  if (!found.items().empty()) print(std::cerr, found, options.log);
  const auto world = load_training_world(root, std::cerr);
  if (!world) return kBadInput;
  if (options.nodes_per_domain && !options.placement) {
    return refuse("nothing is placed by domains, or counted by them", "add --placement");
  }
  if (options.placement && !options.nodes_per_domain) {
    for (const NetworkDesign& design : load_network_designs(root, found)) {
      if (design.name != "rail_optimised") continue;
      options.nodes_per_domain = static_cast<int>(design.scaleout.leaf_ports);
    }
  }
  std::vector<ReadCluster> clusters;
  bool is_sound = log.has_value();
  for (const std::string& name : options.clusters) {
    auto read = cluster_of(name, options, log, *world, root);
    if (!read) {
      is_sound = false;
      continue;
    }
    clusters.push_back(std::move(*read));
  }
  if (!is_sound) return kBadInput;
  const auto by_day = [](const ReadCluster& read) { return has_changes_by_day(read.cluster); };
  if (options.begins && std::ranges::none_of(clusters, by_day)) {
    return refuse("--begins says on which day the log begins, and nothing changes on a day",
                  "leave it out, or state changes of a site");
  }
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    if (!kept_jobs(*log, clusters[i].pools).empty()) continue;
    complain(std::filesystem::path(options.clusters[i]).stem().string() +
                 ": every job needs more devices than one of its pools has",
             "name a larger cluster, or make its pools larger with --set");
    return kInfeasible;
  }
  std::optional<TracedFolder> traced;
  if (options.has_folder()) traced.emplace(options, clusters.front(), *log);
  std::vector<JobsOnCluster> answers;
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    JobTrace* trace = i == 0 && traced ? &*traced->trace : nullptr;
    answers.push_back(played_on(clusters[i], options.clusters[i], *log, options, trace));
  }
  if (!options.output.empty()) write_answers(options, *log, answers, traced);
  std::cout << (options.json ? jobs_json(*log, answers).text() + "\n" : jobs_text(*log, answers));
  return 0;
}

void add_loss_options(CLI::App& app, JobsOptions& options) {
  FailureQuestion& asked = options.failures;
  app.add_option("--checkpoint-minutes", asked.checkpoint_minutes,
                 "preempt, las, --failures, nodes that close: of work between checkpoints. Unless "
                 "given a job is "
                 "saved when others take its devices, and as often as Young and Daly say where "
                 "nodes fail")
      ->check(RealIn(0.0, 1e6));
  app.add_option(
         "--checkpoint-seconds", asked.checkpoint_seconds,
         "For which a checkpoint holds the devices of a job; unless given 0, or where nodes "
         "fail what it takes to copy all their memory")
      ->check(RealIn(0.0, 1e6));
  app.add_option(
         "--restart-seconds", asked.restart_seconds,
         "preempt, las, --failures: until a job that goes on gets anywhere; unless given 0, "
         "or where nodes fail what processes and reading all memory take")
      ->check(RealIn(0.0, 1e6));
  app.add_flag("--failures", options.fails,
               "Nodes fail, at the rates of the cluster's reliabilities, or of the catalogue");
  app.add_option("--seed", options.seed, "Of failures; 1 unless given")
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{1} << 53U));
  app.add_option("--failure-factor", options.failure_factor,
                 "On all rates of failures; 1 unless given")
      ->check(RealIn(0.0, 1e6));
  app.add_flag("--software-failures", asked.with_software,
               "Jobs stop by software as well, whatever their size. What a log recorded has such "
               "ends already");
  app.add_option("--most-restarts", options.most_restarts,
                 "A job that failures stop more often is given up; 1000 unless given")
      ->check(CLI::Range(0, 1'000'000));
  app.add_option(
         "--trace-level", options.trace_level,
         "Of the trace in the folder: site (nodes that fail) or job (who holds which node); "
         "job unless given")
      ->check(CLI::IsMember({"site", "job"}));
}

void add_placement_options(CLI::App& app, JobsOptions& options) {
  app.add_option("--placement", options.placement,
                 "Nodes of a gang: packed (where it leaves least free), spread (the emptiest) or "
                 "domain (below as few leaf switches as can be); packed unless given")
      ->check(CLI::IsMember({"packed", "spread", "domain"}));
  app.add_option("--nodes-per-domain", options.nodes_per_domain,
                 "With --placement: nodes below one leaf switch; unless given as rail_optimised of "
                 "scenarios/catalog/networks.csv has them")
      ->check(CLI::Range(1, 1'000'000));
  app.add_flag("--whole-devices", options.whole_devices,
               "A job that needs a part of a device has a whole one");
}

void add_jobs_options(CLI::App& app, JobsOptions& options) {
  app.add_option("LOG", options.log,
                 "Jobs: Philly, openb, PAI, Helios, Acme, Muri, SWF, sacct, "
                 "or a table of one's own; packed or not")
      ->required();
  app.add_option("--on", options.clusters,
                 "A cluster: a file, or the name of a shipped one; may be repeated")
      ->required()
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  app.add_option("--policy", options.policies,
                 "fifo, sjf, easy, conservative, priority, fair (share of owners), preempt (by "
                 "priority), las (least attained service); easy unless given; may be repeated")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->check(CLI::IsMember(policy_names()));
  app.add_option("--format", options.format, "As its content says unless given")
      ->check(CLI::IsMember(
          {"table", "csv", "philly", "openb", "pai", "helios", "acme", "muri", "swf", "sacct"}));
  app.add_option(
         "--column", options.columns,
         "ROLE=NAME: which column says what; may be repeated. With min_devices and max_devices "
         "jobs are elastic under fifo, sjf, easy, priority and fair")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->check(is_job_column);
  app.add_option("--unit", options.unit,
                 "Of times that are numbers where no column says it, as run_minutes does; seconds "
                 "unless given, or as the size of a clock's time says")
      ->check(CLI::IsMember(job_time_units()));
  app.add_flag("--skip-bad", options.skips_bad, "Leave out lines that are wrong, and count them");
  app.add_option("--recorded-on", options.recorded_on,
                 "Device on which run times were recorded; else that of the cluster's first pool");
  app.add_option("--begins", options.begins,
                 "Day on which the first job comes, for changes of a cluster that are on a day; as "
                 "the log has dates unless given")
      ->check([](const std::string& text) {
        return parse_date(text) ? "" : "'" + text + "' is no day; write YYYY-MM-DD";
      });
  app.add_option("--usd-per-kwh", options.prices.usd_per_kwh,
                 "All day, at every site; as sites state it by hour unless given, else 0.08")
      ->check(RealIn(0.0, 10.0));
  app.add_option("--life-years", options.prices.life_years, "Of a device; 4 unless given")
      ->check(RealIn(0.1, 50.0));
  add_loss_options(app, options);
  add_placement_options(app, options);
  app.add_option("--half-life-days", options.half_life_days,
                 "fair: after so long what was used counts half; 7 unless given, as Slurm's")
      ->check(RealIn(0.001, 1e5));
  app.add_option("--service-limit-hours", options.service_limit_hours,
                 "las: device-hours after which a job comes second; 5 unless given")
      ->check(RealIn(0.0, 1e9));
  app.add_option("--set", options.sets, "Change one value of the cluster; may be repeated")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->check(is_assignment);
  app.add_option(
         "-o", options.output,
         "A folder for all jobs with their times, for the figures, which compare reads, and "
         "for a trace of the first replay; a CSV of the jobs alone where it ends in .csv")
      ->type_name("DIR");
  app.add_flag("--json", options.json, "For programs");
}

}  // namespace

void add_replay_jobs_command(CLI::App& app, Outcome& outcome) {
  auto* command = replay_verb(app).add_subcommand(
      "jobs", "A log of jobs on a cluster: waits, utilization, energy and money by queue policy");
  const auto options = std::make_shared<JobsOptions>();
  add_jobs_options(*command, *options);
  command->callback(
      [=, &outcome] { outcome.exit_code = replay_jobs_of(*options, root_of(*command)); });
}

}  // namespace chokepoint
