#include <CLI/CLI.hpp>
#include <cmath>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tools/commands/commands.hpp"
#include "tools/commands/options/real_in.hpp"
#include "tools/console/run_folder.hpp"
#include "tools/jobs/job_text.hpp"
#include "tools/print/whole_file.hpp"

namespace chokepoint {
namespace {

struct JobsOptions {
  std::string log, format, recorded_on, output;
  std::vector<std::string> clusters, policies, columns, sets;
  bool skips_bad = false, json = false;
  JobPrices prices;
  double checkpoint_minutes = 0, restart_seconds = 0, half_life_days = 7, service_limit_hours = 5;
};

QueueSettings settings_of(const JobsOptions& options) {
  constexpr double kSecond = 1e3, kMinute = 60 * kSecond, kHour = 60 * kMinute, kDay = 24 * kHour;
  QueueSettings settings;
  settings.half_life = options.half_life_days * kDay;
  settings.service_limit = options.service_limit_hours * kHour;
  settings.checkpoint_every = std::llround(options.checkpoint_minutes * kMinute);
  settings.restart = std::llround(options.restart_seconds * kSecond);
  return settings;
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
                       "devices, instances, share, resources, state, owner, priority";
}

JobLogOptions log_options(const JobsOptions& options) {
  JobLogOptions made;
  made.skips_bad = options.skips_bad;
  if (!options.format.empty()) made.format = job_log_format_named(options.format);
  for (const std::string& column : options.columns) {
    const auto equals = column.find('=');
    made.named[*job_role_named(column.substr(0, equals))] = column.substr(equals + 1);
  }
  return made;
}

/// The pools of a cluster; none after complaints.
std::vector<JobPoolFacts> pools_on(const std::string& name, const JobsOptions& options,
                                   const TrainingWorld& world, const std::filesystem::path& root) {
  std::vector<Assignment> sets;
  for (const std::string& set : options.sets) sets.push_back(parse_assignment(set).value());
  Diagnostics found;
  const auto cluster = load_cluster(name, sets, root, found);
  std::vector<JobPoolFacts> pools;
  if (cluster) pools = job_pools(*cluster, world, options.recorded_on, found);
  if (!found.items().empty()) print(std::cerr, found, name);
  if (found.has_errors()) pools.clear();
  return pools;
}

/// A CSV of all jobs where the name ends so; else a folder with that, the figures and a record.
void write_answers(const JobsOptions& options, const JobLog& log,
                   const std::vector<JobsOnCluster>& answers) {
  const std::string jobs = to_csv(job_table(log, answers));
  if (options.output.ends_with(".csv")) {
    write_whole(options.output, jobs);
    return;
  }
  RunFolder folder(options.output);
  pb::RunRecord record;
  record.set_schema(kReplaySchema);
  record.set_scenario(answers.front().cluster);
  record.set_question("What becomes of a log of jobs?");
  record.set_program_version(CHOKEPOINT_VERSION);
  record.set_log(options.log);
  record.set_log_format(std::string(name(log.format)));
  for (const std::string& set : options.sets) record.add_set(set);
  folder.finish({{"jobs.csv", jobs}, {"figures.csv", to_csv(job_figures_table(answers))}}, record,
                std::nullopt);
}

int replay_jobs_of(const JobsOptions& options, const std::filesystem::path& root) {
  Diagnostics found;
  const auto log = read_job_log(options.log, log_options(options), found);
  if (!found.items().empty()) print(std::cerr, found, options.log);
  const auto world = load_training_world(root, std::cerr);
  if (!world) return kBadInput;
  std::vector<JobsOnCluster> answers;
  bool is_sound = log.has_value();
  for (const std::string& name : options.clusters) {
    auto pools = pools_on(name, options, *world, root);
    if (pools.empty()) is_sound = false;
    answers.push_back({std::filesystem::path(name).stem().string(), std::move(pools), {}});
  }
  if (!is_sound) return kBadInput;
  const std::vector<std::string> policies =
      options.policies.empty() ? std::vector<std::string>{"easy"} : options.policies;
  for (JobsOnCluster& answer : answers) {
    for (const std::string& policy : policies) {
      answer.replays.push_back(replay_jobs(*log, answer.pools, *queue_policy_named(policy),
                                           settings_of(options), options.prices));
    }
    if (answer.replays.front().kept.empty()) {
      complain(answer.cluster + ": every job needs more devices than one of its pools has",
               "name a larger cluster, or make its pools larger with --set");
      return kInfeasible;
    }
  }
  if (!options.output.empty()) write_answers(options, *log, answers);
  std::cout << (options.json ? jobs_json(*log, answers).text() + "\n" : jobs_text(*log, answers));
  return 0;
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
  app.add_option("--column", options.columns, "ROLE=NAME: which column says what; may be repeated")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->check(is_job_column);
  app.add_flag("--skip-bad", options.skips_bad, "Leave out lines that are wrong, and count them");
  app.add_option("--recorded-on", options.recorded_on,
                 "Device on which run times were recorded; else that of the cluster's first pool");
  app.add_option("--usd-per-kwh", options.prices.usd_per_kwh, "0.08 unless given")
      ->check(RealIn(0.0, 10.0));
  app.add_option("--life-years", options.prices.life_years, "Of a device; 4 unless given")
      ->check(RealIn(0.1, 50.0));
  app.add_option("--checkpoint-minutes", options.checkpoint_minutes,
                 "preempt, las: of work between checkpoints; 0, unless given: a job is saved when "
                 "it loses its devices")
      ->check(RealIn(0.0, 1e6));
  app.add_option("--restart-seconds", options.restart_seconds,
                 "preempt, las: until a job that goes on gets anywhere; 0 unless given")
      ->check(RealIn(0.0, 1e6));
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
  app.add_option("-o", options.output,
                 "A folder for all jobs with their times and for the figures, which compare reads; "
                 "a CSV of the jobs alone where it ends in .csv")
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
