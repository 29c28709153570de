#include "tools/jobs/job_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <span>

namespace chokepoint {
namespace {

constexpr double kMilliseconds = 1e-3, kKwhOfMwh = 1e3, kKilogramsOfGram = 1e-3;
constexpr double kSecondsOfHour = 3'600, kSecondsOfMinute = 60;
constexpr std::size_t kPoliciesBeside = 4;  // In one table: what 80 columns hold.

struct JobFigure {
  const char* name;     // In files and for programs.
  const char* heading;  // For people.
  std::function<std::optional<double>(const JobReplay&)> of;
  NumberFormat format;
  bool is_of_failures = false;
  bool is_said_where_known = false;  // Left out where no replay has it.
  bool is_of_changes = false;
};

const std::vector<JobFigure>& figures() {
  static const std::vector<JobFigure> all = {
      {"waited_share", "jobs that waited, share", [](const auto& r) { return r.waited; },
       format_fixed<3>},
      {"wait_mean_s", "wait, mean, s", [](const auto& r) { return r.wait_mean; }, format_value},
      {"wait_p50_s", "wait, p50, s", [](const auto& r) { return r.wait_p50; }, format_value},
      {"wait_p90_s", "wait, p90, s", [](const auto& r) { return r.wait_p90; }, format_value},
      {"wait_p99_s", "wait, p99, s", [](const auto& r) { return r.wait_p99; }, format_value},
      {"slowdown_mean", "bounded slowdown, mean", [](const auto& r) { return r.slowdown_mean; },
       format_value},
      {"slowdown_p50", "bounded slowdown, p50", [](const auto& r) { return r.slowdown_p50; },
       format_value},
      {"utilization", "utilization", [](const auto& r) { return r.utilization; }, format_fixed<3>},
      {"fragmentation", "free in nodes partly used, share",
       [](const auto& r) { return r.fragmentation; }, format_fixed<3>},
      {"part_fragmentation", "free in devices partly used, share",
       [](const auto& r) { return r.part_fragmentation; }, format_fixed<3>, false, true},
      {"elastic_devices", "devices of elastic jobs, over asked",
       [](const auto& r) { return r.elastic_devices; }, format_fixed<3>, false, true},
      {"spread", "nodes of a job over fewest", [](const auto& r) { return r.spread; },
       format_fixed<2>},
      {"domains_mean", "domains of a gang over fewest",
       [](const auto& r) { return r.domains_mean; }, format_fixed<3>, false, true},
      {"domains_worst", "the same, worst", [](const auto& r) { return r.domains_worst; },
       format_fixed<2>, false, true},
      {"span_days", "first submit to last end, days", [](const auto& r) { return r.span_days; },
       format_value},
      {"longest_queue", "longest queue, jobs",
       [](const auto& r) { return static_cast<double>(r.played.longest_queue); }, format_value},
      {"preempted", "times that jobs lost devices", [](const auto& r) { return r.preempted; },
       format_value},
      {"lost_share", "done again and restarts, share", [](const auto& r) { return r.lost_share; },
       format_fixed<3>},
      {"node_failures", "nodes that failed", [](const auto& r) { return r.failures; }, format_value,
       true},
      {"node_repairs", "nodes repaired", [](const auto& r) { return r.repairs; }, format_value,
       true},
      {"job_stops", "times that failures stopped jobs", [](const auto& r) { return r.stops; },
       format_value, true},
      {"given_up_jobs", "jobs given up", [](const auto& r) { return r.given_up; }, format_value,
       true},
      {"lost_device_hours", "work lost, device hours",
       [](const auto& r) { return r.lost_device_hours; }, format_value, true, false, true},
      {"goodput", "goodput, useful over held", [](const auto& r) { return r.goodput; },
       format_fixed<3>, true, false, true},
      {"closed_stops", "times that closes stopped jobs",
       [](const auto& r) { return r.closed_stops; }, format_value, false, false, true},
      {"never_placed_jobs", "jobs never placed",
       [](const auto& r) { return static_cast<double>(r.never_placed.size()); }, format_value,
       false, false, true},
      {"broken_promises", "jobs later than promised",
       [](const auto& r) { return r.broken_promises; }, format_value, false, false, true},
      {"availability", "availability of devices", [](const auto& r) { return r.availability; },
       format_fixed<4>, true},
      {"energy_mwh", "energy, MWh", [](const auto& r) { return r.energy_mwh; }, format_value},
      {"power_usd_per_kwh", "power, USD/kWh, mean",
       [](const auto& r) { return r.power_usd / (r.energy_mwh * kKwhOfMwh); }, format_fixed<4>},
      {"carbon_t", "carbon, t CO2e", [](const auto& r) { return r.carbon_t; }, format_value, false,
       true},
      {"cost_usd", "cost, USD", [](const auto& r) { return r.usd; }, format_value}};
  return all;
}

std::string left_out(const JobLog& log, const std::vector<JobsOnCluster>& answers) {
  std::string text;
  const auto add = [&](std::size_t count, const std::string& what) {
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, what);
  };
  add(log.bad, "lines that are wrong");
  add(log.never_ran, "that never ran");
  add(log.without_devices, "that need no device");
  for (const JobsOnCluster& answer : answers) {
    add(answer.replays.front().too_large.size(), "too large for " + answer.cluster);
  }
  return text.empty() ? "" : "Left out: " + text + ".\n";
}

using Replays = std::vector<const JobReplay*>;

Replays all_of(std::span<const JobReplay> replays) {
  Replays all;
  for (const JobReplay& replay : replays) all.push_back(&replay);
  return all;
}

Replays all_of(const std::vector<JobsOnCluster>& answers) {
  Replays all;
  for (const JobsOnCluster& answer : answers) {
    for (const JobReplay& replay : answer.replays) all.push_back(&replay);
  }
  return all;
}

// What is said of these replays.
std::vector<JobFigure> figures_said(const Replays& replays) {
  const bool some_fail =
      std::ranges::any_of(replays, [](const JobReplay* one) { return one->has_failures; });
  const bool some_change =
      std::ranges::any_of(replays, [](const JobReplay* one) { return one->has_changes; });
  std::vector<JobFigure> said;
  for (const JobFigure& figure : figures()) {
    const auto knows = [&](const JobReplay* one) { return figure.of(*one).has_value(); };
    const bool is_of_some = figure.is_of_failures || figure.is_of_changes;
    const bool happens =
        (figure.is_of_failures && some_fail) || (figure.is_of_changes && some_change);
    const bool is_left_out = (is_of_some && !happens) ||
                             (figure.is_said_where_known && std::ranges::none_of(replays, knows));
    if (!is_left_out) said.push_back(figure);
  }
  return said;
}

// Jobs of so many devices, up to the next of these.
constexpr std::array<int, 6> kSizeClasses = {1, 2, 9, 65, 513, 4097};

std::string size_words(std::size_t size) {
  const int from = kSizeClasses[size];
  if (size + 1 == kSizeClasses.size()) return fmt::format("over {}", from - 1);
  const int to = kSizeClasses[size + 1] - 1;
  return to == from ? std::to_string(from) : fmt::format("{} to {}", from, to);
}

// "3.3 h", "12 min", "40 s".
std::string wait_words(double seconds) {
  if (seconds >= 2 * kSecondsOfHour) return format_value(seconds / kSecondsOfHour) + " h";
  if (seconds >= 2 * kSecondsOfMinute) return format_value(seconds / kSecondsOfMinute) + " min";
  return format_value(seconds) + " s";
}

// Who waits how long, and what of failures: the answer, a line for each cluster.
std::string sentences(const std::vector<JobsOnCluster>& answers) {
  std::string text;
  for (const JobsOnCluster& answer : answers) {
    std::vector<const JobReplay*> ranked;
    for (const JobReplay& replay : answer.replays) ranked.push_back(&replay);
    std::ranges::stable_sort(ranked, {}, [](const JobReplay* one) { return one->wait_mean; });
    std::string waits;
    for (const JobReplay* one : ranked) {
      waits += fmt::format("{}{} under {}", waits.empty() ? "" : ", ", wait_words(one->wait_mean),
                           name(one->policy));
    }
    const JobReplay& first = *ranked.front();
    text += fmt::format("On {} the mean job waits {}; {} works {:.0f} % of the devices",
                        answer.cluster, waits, name(first.policy), 100.0 * first.utilization);
    if (first.usd) text += fmt::format(" for {} USD", format_value(*first.usd));
    if (first.has_failures) {
      text += fmt::format(
          "; {} failures of nodes stop jobs {} times, and {:.1f} % of what is held "
          "is useful",
          format_value(first.failures), format_value(first.stops), 100.0 * first.goodput);
    }
    if (!first.never_placed.empty()) {
      text += fmt::format("; {} are never placed", first.never_placed.size());
    }
    text += ".\n";
  }
  return text + "One log, played once: no band.\n\n";
}

// Figures by policy.
Table figures_of(std::span<const JobReplay> replays) {
  std::vector<Column> columns = {Column("figure", Type::Text)};
  for (const JobReplay& replay : replays) {
    const std::string policy(name(replay.policy));
    columns.push_back(Column(policy, Type::Text, policy));
  }
  Table table("figures", std::move(columns));
  for (const JobFigure& figure : figures_said(all_of(replays))) {
    std::vector<Cell> cells = {figure.heading};
    for (const JobReplay& replay : replays) {
      const auto value = figure.of(replay);
      cells.push_back(value ? Cell(figure.format(*value)) : Cell());
    }
    table.add_row(std::move(cells));
  }
  return table;
}

// "; times in s", or where they differ "; submit in ms, run in min".
std::string units_text(const JobLog& log) {
  if (log.units.empty()) return "";
  const auto& first = log.units.front().second;
  const bool are_alike =
      std::ranges::all_of(log.units, [&](const auto& known) { return known.second == first; });
  if (are_alike) return fmt::format("; times in {}", first.name);
  std::string text;
  for (const auto& [role, unit] : log.units) {
    text += fmt::format("{}{} in {}", text.empty() ? "; " : ", ", name(role), unit.name);
  }
  return text;
}

}  // namespace

std::string jobs_text(const JobLog& log, const std::vector<JobsOnCluster>& answers) {
  std::string text = sentences(answers);
  text += fmt::format(
      "{} jobs of a log ({}{}){}\n", format_value(static_cast<double>(log.jobs.size())),
      name(log.format), units_text(log),
      log.has_estimates ? ", with their owners' estimates" : "; no estimates: run times are known");
  text += left_out(log, answers);
  if (log.shares > 0) {
    text += fmt::format("{} need a part of a device, and have it beside others.\n", log.shares);
  }
  if (log.rounded > 0) {
    text += fmt::format("{} need devices and a part of one, or a part: it counts as one.\n",
                        log.rounded);
  }
  for (const JobsOnCluster& answer : answers) {
    for (const JobPoolFacts& pool : answer.pools) {
      text += fmt::format("{}: {} x {} {}, speed {}\n", answer.cluster, pool.pool.nodes,
                          pool.pool.per_node, pool.device, format_fixed<2>(pool.pool.speed));
    }
    text += changes_text(answer.cluster, answer.changes);
    for (const JobReplay& replay : answer.replays) text += never_placed_text(log, replay);
  }
  for (const JobsOnCluster& answer : answers) {
    if (answers.size() > 1) text += "\n" + answer.cluster + ":";
    for (std::size_t at = 0; at < answer.replays.size(); at += kPoliciesBeside) {
      const std::size_t end = std::min(at + kPoliciesBeside, answer.replays.size());
      const std::span replays(answer.replays);
      text += "\n" + to_text(figures_of(replays.subspan(at, end - at)));
    }
    if (answer.failures.empty()) continue;
    text += "\n" + answer.failures + "\n" + to_text(failures_by_size(log, answer.replays.front()));
  }
  return text;
}

JsonValue jobs_json(const JobLog& log, const std::vector<JobsOnCluster>& answers) {
  JsonValue list = JsonValue::list();
  for (const JobsOnCluster& answer : answers) {
    for (const JobReplay& replay : answer.replays) {
      JsonValue one = JsonValue::object();
      one.add("cluster", answer.cluster)
          .add("policy", std::string(name(replay.policy)))
          .add("jobs", static_cast<double>(replay.kept.size()))
          .add("too_large", static_cast<double>(replay.too_large.size()));
      for (const JobFigure& figure : figures_said({&replay})) {
        one.add(figure.name, figure.of(replay));
      }
      if (!answer.changes.stated.empty()) {
        std::vector<std::string> never;
        for (const std::size_t i : replay.never_placed) never.push_back(log.ids[i]);
        one.add("never_placed", JsonValue::list(never))
            .add("changes", changes_json(answer.changes));
      }
      list.push(std::move(one));
    }
  }
  return JsonValue::object()
      .add("schema", "chokepoint.replay.jobs/1")
      .add("format", std::string(name(log.format)))
      .add("jobs", static_cast<double>(log.jobs.size()))
      .add("bad_lines", static_cast<double>(log.bad))
      .add("never_ran", static_cast<double>(log.never_ran))
      .add("without_devices", static_cast<double>(log.without_devices))
      .add("shares", static_cast<double>(log.shares))
      .add("has_estimates", log.has_estimates)
      .add("replays", std::move(list));
}

Table job_figures_table(const std::vector<JobsOnCluster>& answers) {
  std::vector<Column> columns = {Column("figure", Type::Text)};
  for (const JobsOnCluster& answer : answers) {
    for (const JobReplay& replay : answer.replays) {
      const std::string policy(name(replay.policy));
      columns.emplace_back(answers.size() > 1 ? answer.cluster + " " + policy : policy, Type::Real);
    }
  }
  Table table("figures", std::move(columns));
  const Replays replays = all_of(answers);
  for (const JobFigure& figure : figures_said(replays)) {
    std::vector<Cell> cells = {figure.name};
    for (const JobReplay* replay : replays) cells.emplace_back(figure.of(*replay));
    table.add_row(std::move(cells));
  }
  return table;
}

Table failures_by_size(const JobLog& log, const JobReplay& replay) {
  struct OfSize {
    int jobs = 0, stops = 0;
    double held_hours = 0;
  };
  std::array<OfSize, kSizeClasses.size()> sizes;
  for (std::size_t i = 0; i < replay.kept.size(); ++i) {
    const int devices = log.jobs[replay.kept[i]].devices;
    std::size_t size = kSizeClasses.size() - 1;
    while (size > 0 && devices < kSizeClasses[size]) --size;
    OfSize& of = sizes[size];
    ++of.jobs;
    of.stops += replay.played.jobs[i].failed;
    of.held_hours +=
        static_cast<double>(replay.played.jobs[i].held) * kMilliseconds / kSecondsOfHour;
  }
  Table table("failures_by_size", {Column("devices", Type::Text), Column("jobs", Type::Count),
                                   Column("held_hours", Type::Real), Column("stops", Type::Count),
                                   Column("hours_to_failure", Type::Real)});
  for (std::size_t size = 0; size < sizes.size(); ++size) {
    const OfSize& of = sizes[size];
    if (of.jobs == 0) continue;
    table.add_row({size_words(size), of.jobs, of.held_hours, of.stops,
                   of.stops > 0 ? Cell(of.held_hours / of.stops) : Cell()});
  }
  return table;
}

Table job_table(const JobLog& log, const std::vector<JobsOnCluster>& answers) {
  std::vector<Column> columns = {{"cluster", Type::Text},
                                 {"policy", Type::Text},
                                 {"job", Type::Text},
                                 {"owner", Type::Text},
                                 {"devices", log.shares > 0 ? Type::Real : Type::Count},
                                 {"submit_s", Type::Real},
                                 {"promised_s", Type::Real},
                                 {"start_s", Type::Real},
                                 {"end_s", Type::Real},
                                 {"pool", Type::Text},
                                 {"nodes", Type::Count},
                                 {"held_s", Type::Real},
                                 {"lost_s", Type::Real},
                                 {"preempted", Type::Count},
                                 {"restarts", Type::Count},
                                 {"lost_work_s", Type::Real},
                                 {"given_up", Type::YesNo},
                                 {"energy_kwh", Type::Real},
                                 {"carbon_kg", Type::Real},
                                 {"cost_usd", Type::Real}};
  const bool some_change = std::ranges::any_of(
      answers, [](const JobsOnCluster& one) { return one.replays.front().has_changes; });
  if (log.elastic > 0) columns.insert(columns.begin() + 5, {"asked_devices", Type::Count});
  if (some_change) columns.emplace_back("never_placed", Type::YesNo);
  Table table("jobs", std::move(columns));
  const auto seconds = [](Milliseconds time) { return static_cast<double>(time) * kMilliseconds; };
  for (const JobsOnCluster& answer : answers) {
    for (const JobReplay& replay : answer.replays) {
      for (std::size_t i = 0; i < replay.kept.size(); ++i) {
        const QueuedRun& played = replay.played.jobs[i];
        const RigidJob& job = log.jobs[replay.kept[i]];
        const JobBill& bill = replay.bills[i];
        std::vector<Cell> cells = {
            answer.cluster,
            name(replay.policy),
            log.ids[replay.kept[i]],
            log.owners[job.owner],
            devices_had(job, played),
            seconds(job.submit),
            played.promised ? Cell(seconds(*played.promised)) : Cell(),
            seconds(played.start),
            seconds(played.end),
            answer.pools[played.pool].name,
            played.nodes,
            seconds(played.held),
            seconds(played.lost),
            played.preempted,
            played.failed,
            seconds(played.redone),
            played.is_given_up,
            bill.power.energy.value / kJoulesPerKwh,
            replay.carbon_t ? Cell(bill.power.carbon_g * kKilogramsOfGram) : Cell(),
            bill.usd};
        if (log.elastic > 0) cells.insert(cells.begin() + 5, Cell(job.devices));
        if (some_change) cells.emplace_back(played.is_never_placed);
        table.add_row(std::move(cells));
      }
    }
  }
  return table;
}

}  // namespace chokepoint
