#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>

#include "models/scoring/scores.hpp"
#include "tools/console/program.hpp"
#include "tools/page/replay/replay_pages.hpp"
#include "tools/page/replay/shared_figures.hpp"
#include "tools/page/words.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kStepsShown = 120;
constexpr std::size_t kMostGangs = 24;
constexpr double kHour = 3'600.0;

struct PlayedGang {
  std::string job, pool;
  double devices, submit_s, start_s, end_s;

  double wait_s() const { return std::max(0.0, start_s - submit_s); }
};

/// Jobs under one policy on one cluster.
struct PlayedPolicy {
  std::string name;
  std::vector<PlayedGang> gangs;
};

std::vector<PlayedPolicy> policies_of(const std::vector<MeasuredRow>& rows) {
  std::set<std::string> clusters;
  for (const MeasuredRow& row : rows) clusters.insert(std::string(cell(row, "cluster")));
  std::vector<PlayedPolicy> policies;
  for (const MeasuredRow& row : rows) {
    const std::string policy(cell(row, "policy"));
    const std::string name =
        clusters.size() > 1 ? fmt::format("{} {}", cell(row, "cluster"), policy) : policy;
    auto of = std::ranges::find(policies, name, &PlayedPolicy::name);
    if (of == policies.end()) of = policies.insert(of, {name, {}});
    of->gangs.push_back({std::string(cell(row, "job")), std::string(cell(row, "pool")),
                         number_in(row, "devices", 0.0), number_in(row, "submit_s", 0.0),
                         number_in(row, "start_s", 0.0), number_in(row, "end_s", 0.0)});
  }
  return policies;
}

std::string wait_in_words(double seconds) {
  if (seconds < 90.0) return fmt::format("{:.0f} s", seconds);
  if (seconds < 90.0 * 60.0) return fmt::format("{:.0f} min", seconds / 60.0);
  if (seconds < 72.0 * kHour) return fmt::format("{:.1f} h", seconds / kHour);
  return fmt::format("{:.1f} days", seconds / kHour / 24.0);
}

std::vector<double> waits_of(const std::vector<PlayedGang>& gangs) {
  std::vector<double> waits;
  for (const PlayedGang& gang : gangs) waits.push_back(gang.wait_s());
  std::ranges::sort(waits);
  return waits;
}

double mean_wait(const PlayedPolicy& policy) {
  double sum = 0.0;
  for (const PlayedGang& gang : policy.gangs) sum += gang.wait_s();
  return policy.gangs.empty() ? 0.0 : sum / static_cast<double>(policy.gangs.size());
}

std::string mean_words(const std::vector<PlayedPolicy>& policies) {
  std::vector<std::pair<double, std::string>> means;
  for (const PlayedPolicy& policy : policies) means.emplace_back(mean_wait(policy), policy.name);
  std::ranges::sort(means);
  std::string words;
  for (const auto& [mean, name] : means) {
    words += fmt::format("{}{} under {}", words.empty() ? "" : ", ", wait_in_words(mean), name);
  }
  return words;
}

PageFigure waits_figure(const std::vector<PlayedPolicy>& policies, const std::string& source) {
  std::vector<NamedValues> things;
  for (const PlayedPolicy& policy : policies) {
    auto waits = waits_of(policy.gangs);
    for (double& wait : waits) wait /= kHour;
    things.push_back({policy.name, std::move(waits)});
  }
  PageFigure figure = quantile_figure("waits", things, "_wait_hours", "hours", "% of jobs");
  std::string title;
  for (const NamedValues& thing : things) {
    title += fmt::format("{}{} under {}", title.empty() ? "" : ", ",
                         wait_in_words(kHour * quantile(thing.values, 0.9)), thing.name);
  }
  figure.title = "One job in ten waits longer than " + title;
  figure.caption =
      "Hours from submission to start that so many percent of the jobs keep to. Jobs that start at "
      "once lie on the axis.";
  figure.source = source;
  figure.is_half = true;
  return figure;
}

/// Devices of a gang as people class them.
struct GangClass {
  double most;
  const char* word;
};
constexpr std::array kSizes = {GangClass{1, "1 device"},        GangClass{4, "2 to 4"},
                               GangClass{8, "5 to 8"},          GangClass{32, "9 to 32"},
                               GangClass{128, "33 to 128"},     GangClass{1024, "129 to 1024"},
                               GangClass{HUGE_VAL, "over 1024"}};

PageFigure sizes_figure(const std::vector<PlayedPolicy>& policies, const std::string& source) {
  std::vector<Column> columns = {Column("gang", Type::Text, "Devices of a job")};
  std::vector<DrawnColumn> drawn;
  for (const PlayedPolicy& policy : policies) {
    columns.emplace_back(policy.name + "_mean_wait_hours", Type::Real, policy.name);
    drawn.push_back({policy.name + "_mean_wait_hours", policy.name, policy.name, false, "", ""});
  }
  Table table("gang_sizes", std::move(columns));
  double least = 0.0;
  std::string slowest;
  double longest = -1.0;
  for (const GangClass& size : kSizes) {
    std::vector<Cell> row = {size.word};
    bool has_jobs = false;
    for (const PlayedPolicy& policy : policies) {
      PlayedPolicy of{policy.name, {}};
      std::ranges::copy_if(policy.gangs, std::back_inserter(of.gangs), [&](const PlayedGang& gang) {
        return gang.devices > least && gang.devices <= size.most;
      });
      has_jobs = has_jobs || !of.gangs.empty();
      row.push_back(of.gangs.empty() ? Cell() : Cell(mean_wait(of) / kHour));
      if (!of.gangs.empty() && &policy == &policies.front() && mean_wait(of) > longest) {
        longest = mean_wait(of);
        slowest = size.word;
      }
    }
    least = size.most;
    if (has_jobs) table.add_row(std::move(row));
  }
  PageFigure figure{"gang_sizes",
                    Form::Bars,
                    fmt::format("Under {} jobs of {} wait longest", policies.front().name,
                                slowest == kSizes[0].word ? slowest : slowest + " devices"),
                    "Mean hours of waiting, by how many devices a job holds at once.",
                    source,
                    std::move(table),
                    std::move(drawn),
                    "hours"};
  figure.is_steps = true;
  figure.is_half = true;
  return figure;
}

PageFigure queue_figure(const std::vector<PlayedPolicy>& policies, const std::string& source) {
  std::vector<NamedChanges> things;
  for (const PlayedPolicy& policy : policies) {
    NamedChanges thing{policy.name, {}};
    for (const PlayedGang& gang : policy.gangs) {
      thing.changes.emplace_back(gang.submit_s, 1.0);
      thing.changes.emplace_back(gang.start_s, -1.0);
    }
    things.push_back(std::move(thing));
  }
  PageFigure figure = level_figure("queue", std::move(things), "_jobs", "jobs", kStepsShown);
  figure.title = "Most jobs that wait at once: " + peaks_in_words(figure, "under");
  figure.caption = "Jobs between submission and start, the mean of each step of time.";
  figure.source = source;
  return figure;
}

/// Devices in use over time: by policy, and under the first by pool.
PageFigure use_figure(const std::string& id, std::vector<NamedChanges> things,
                      const std::string& source) {
  PageFigure figure = level_figure(id, std::move(things), "_devices", "devices", kStepsShown);
  figure.source = source;
  return figure;
}

void add_use(const PlayedGang& gang, NamedChanges& thing) {
  thing.changes.emplace_back(gang.start_s, gang.devices);
  thing.changes.emplace_back(gang.end_s, -gang.devices);
}

PageFigure busy_figure(const std::vector<PlayedPolicy>& policies, const std::string& source) {
  std::vector<NamedChanges> things;
  std::string means;
  for (const PlayedPolicy& policy : policies) {
    NamedChanges thing{policy.name, {}};
    double held = 0.0, first = HUGE_VAL, last = 0.0;
    for (const PlayedGang& gang : policy.gangs) {
      add_use(gang, thing);
      held += gang.devices * (gang.end_s - gang.start_s);
      first = std::min(first, gang.submit_s);
      last = std::max(last, gang.end_s);
    }
    means += fmt::format("{}{:.3g} on average under {}", means.empty() ? "" : ", ",
                         last > first ? held / (last - first) : 0.0, policy.name);
    things.push_back(std::move(thing));
  }
  PageFigure figure = use_figure("busy", std::move(things), source);
  figure.title = "Devices at work until the last job ends: " + means;
  figure.caption =
      "Devices that jobs hold, the mean of each step of time. The table of jobs does not say how "
      "many there are, so the top is the most that was ever held.";
  return figure;
}

PageFigure pools_figure(const PlayedPolicy& policy, const std::string& source) {
  std::vector<NamedChanges> things;
  for (const PlayedGang& gang : policy.gangs) {
    auto of = std::ranges::find(things, gang.pool, &NamedChanges::name);
    if (of == things.end()) of = things.insert(of, {gang.pool, {}});
    add_use(gang, *of);
  }
  std::ranges::sort(things, {}, &NamedChanges::name);
  PageFigure figure = use_figure("pools", std::move(things), source);
  for (DrawnColumn& drawn : figure.drawn) drawn.hue = drawn.label;
  figure.title = fmt::format("Which pools work under {}", policy.name);
  figure.caption = "Devices of each pool that jobs hold, the mean of each step of time.";
  return figure;
}

/// The gangs that hold most device time, waiting and running.
PageFigure gangs_figure(const PlayedPolicy& policy, const std::string& source) {
  std::vector<const PlayedGang*> largest;
  for (const PlayedGang& gang : policy.gangs) largest.push_back(&gang);
  std::ranges::stable_sort(largest, std::greater(), [](const PlayedGang* gang) {
    return std::pair(gang->devices, gang->end_s - gang->start_s);
  });
  if (largest.size() > kMostGangs) largest.resize(kMostGangs);
  std::ranges::stable_sort(largest, {}, [](const PlayedGang* gang) { return gang->submit_s; });
  Table table("gangs",
              {Column("lane", Type::Text, "Job"), Column("from_hours", Type::Real, "From"),
               Column("to_hours", Type::Real, "To"), Column("kind", Type::Text, "What"),
               Column("devices", Type::Real, "Devices"), Column("pool", Type::Text, "Pool")});
  std::size_t number = 0;
  for (const PlayedGang* gang : largest) {
    const std::string lane = gang->job.empty()
                                 ? fmt::format("#{} ({:.0f} devices)", ++number, gang->devices)
                                 : fmt::format("{} ({:.0f} devices)", gang->job, gang->devices);
    if (gang->start_s > gang->submit_s) {
      table.add_row({lane, gang->submit_s / kHour, gang->start_s / kHour, "Waits", gang->devices,
                     gang->pool});
    }
    table.add_row(
        {lane, gang->start_s / kHour, gang->end_s / kHour, "Runs", gang->devices, gang->pool});
  }
  PageFigure figure{
      "gangs",
      Form::Spans,
      fmt::format("When the largest jobs run under {}", policy.name),
      fmt::format("The {} jobs with most devices, in order of submission, from their "
                  "submission to their end. Jobs without a name are numbered.",
                  largest.size()),
      source,
      std::move(table),
      {{"Waits", "Waits", "quiet", false, "", ""}, {"Runs", "Runs", "run", false, "", ""}}};
  figure.along = "hours";
  return figure;
}

}  // namespace

Page job_page(const std::filesystem::path& file, const std::vector<MeasuredRow>& rows) {
  const bool is_of_jobs = !rows.empty() && rows.front().contains("policy") &&
                          rows.front().contains("start_s") && rows.front().contains("submit_s");
  if (!is_of_jobs) {
    throw HelpedFailure(file.string() + " is no table of jobs that were played",
                        "chokepoint replay jobs LOG --on CLUSTER -o " + file.string());
  }
  const auto policies = policies_of(rows);
  const std::string source = file.string();
  Page page;
  page.kicker = "Chokepoint report of jobs";
  page.headline = "The mean job waits " + mean_words(policies);
  page.question = "Which queue policy serves the jobs of this log best?";
  page.about = replay_facts(
      fmt::format("{} jobs under {} policies", policies.front().gangs.size(), policies.size()), "",
      CHOKEPOINT_VERSION);
  for (const PlayedPolicy& policy : policies) {
    page.hues.push_back(policy.name);
    if (page.keys.size() == 4) continue;
    const auto waits = waits_of(policy.gangs);
    page.keys.push_back(
        {wait_in_words(mean_wait(policy)), "mean wait under " + policy.name,
         fmt::format("half within {}, one in a hundred over {}",
                     wait_in_words(quantile(waits, 0.5)), wait_in_words(quantile(waits, 0.99)))});
  }
  std::set<std::string> pools;
  for (const PlayedGang& gang : policies.front().gangs) pools.insert(gang.pool);
  page.figures = {waits_figure(policies, source), sizes_figure(policies, source),
                  queue_figure(policies, source), busy_figure(policies, source),
                  gangs_figure(policies.front(), source)};
  if (pools.size() > 1) {
    page.figures.push_back(pools_figure(policies.front(), source));
    page.hues.insert(page.hues.end(), pools.begin(), pools.end());
  }
  std::erase_if(page.figures, [](const PageFigure& figure) { return figure.data.is_empty(); });
  page.caveats = {
      "A conditional projection, not a forecast: the log's jobs, played in its order of submission "
      "with the run times that it states.",
      "Users who wait differently submit differently; nobody does so here."};
  page.commands = {"chokepoint replay jobs LOG --on CLUSTER -o " + file.string() +
                       "  # with the log and the policies of that call",
                   "chokepoint report " + file.string()};
  return page;
}

}  // namespace chokepoint
