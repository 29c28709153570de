#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sim/study/causes/attribution.hpp"
#include "sim/study/forecast/shown_figures.hpp"
#include "sim/sweep/replicas.hpp"
#include "sim/trace/reader.hpp"
#include "tools/commands/commands.hpp"
#include "tools/console/progress.hpp"
#include "tools/console/stored_run.hpp"
#include "tools/print/json_value.hpp"
#include "tools/report/attribution/attribution_report.hpp"
#include "tools/report/comparison.hpp"
#include "tools/report/recorded_run.hpp"
#include "tools/report/study/study_text.hpp"
#include "tools/report/yearly_table.hpp"

namespace chokepoint {
namespace {

struct CompareOptions {
  std::vector<std::string> directories;
  bool json = false;
  bool csv = false;
  bool attribute = false;
  std::vector<int> years;  ///< Empty: the one that tells most.
  int rows = 10;
  int levers = 10;
  int orders = 12;
  int tried = 10;
};

/// Runs that nothing replaces while they are compared.
using StoredRuns = std::vector<std::unique_ptr<const StoredRun>>;

StoredRuns stored_runs(const CompareOptions& options) {
  StoredRuns runs;
  for (const auto& directory : options.directories) {
    runs.push_back(std::make_unique<const StoredRun>(directory));
  }
  return runs;
}

/// The names of their folders; with that of the folder above where several are called alike.
std::vector<std::string> names_of(const StoredRuns& runs) {
  std::vector<std::string> short_names, names;
  for (const auto& run : runs) short_names.push_back(name_of_run(run->path().string()));
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const auto above = std::filesystem::weakly_canonical(runs[i]->path()).parent_path().filename();
    const bool is_unique = std::ranges::count(short_names, short_names[i]) == 1;
    names.push_back(is_unique ? short_names[i] : (above / short_names[i]).string());
  }
  return names;
}

/// Of those that have figures by year.
std::vector<YearlyRun> yearly_runs(const StoredRuns& runs) {
  std::vector<YearlyRun> yearly;
  const auto names = names_of(runs);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    auto figures = yearly_run(names[i], runs[i]->table("yearly.csv"), runs[i]->table("draws.csv"));
    if (figures) yearly.push_back(std::move(*figures));
  }
  return yearly;
}

std::vector<PublishedOfRun> published_of(const StoredRuns& runs) {
  std::vector<PublishedOfRun> published;
  const auto names = names_of(runs);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    published.push_back({names[i], runs[i]->table("published.csv")});
  }
  return published;
}

std::vector<ComparedScenario> scenarios_of(const StoredRuns& runs) {
  std::vector<ComparedScenario> scenarios;
  const auto names = names_of(runs);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    scenarios.push_back({names[i], TraceReader(runs[i]->trace()).manifest().scenario()});
  }
  return scenarios;
}

/// Runs told again must say what their tables say, or another version of the program made them.
void warn_of_other_figures(const std::vector<YearlyRun>& stored, const Attribution& again) {
  for (std::size_t run = 0; run < stored.size(); ++run) {
    if (stored[run].itself == again.itself[run]) continue;
    std::cerr << fmt::format(
        "chokepoint: warning: {} runs to other figures than its tables have: another version made "
        "them\n",
        again.names[run]);
  }
}

int attribute_runs(const CompareOptions& options, bool quiet) {
  const auto runs = stored_runs(options);
  const auto stored = yearly_runs(runs);
  if (options.directories.size() < 2) {
    return refuse("one run by itself has no difference", "name two runs, the baseline first");
  }
  if (stored.size() != options.directories.size()) {
    return refuse("not all of these are runs with a market over years",
                  "--attribute needs tables/yearly.csv, which runs with buyers have");
  }
  const auto known = years_of(stored.front().itself);
  for (const int year : options.years) {
    if (std::ranges::count(known, year) > 0) continue;
    return refuse(fmt::format("the runs have no figures of {}", year),
                  fmt::format("they go from {} to {}", known.front(), known.back()));
  }
  const auto scenarios = scenarios_of(runs);
  const AttributionEffort effort = {static_cast<std::size_t>(options.levers),
                                    static_cast<std::size_t>(options.orders),
                                    static_cast<std::size_t>(options.tried), cores()};
  const auto found =
      attribute(scenarios, effort, [&](int done, int all) { tell_done(quiet, done, all, "runs"); });
  warn_of_other_figures(stored, found);
  auto years = options.years;
  if (years.empty()) {
    years.push_back(telling_year(found, last_published_year(scenarios[0].scenario)));
  }
  const AttributionView view{years, static_cast<std::size_t>(options.rows)};
  std::cout << (options.json  ? attribution_json(found, years)
                : options.csv ? attribution_csv(found, years)
                              : attribution_text(found, view));
  return 0;
}

void compare_runs(const CompareOptions& options) {
  const auto stored = stored_runs(options);
  std::vector<RecordedRun> runs;
  runs.reserve(stored.size());
  for (const auto& run : stored) runs.push_back(read_run(run->trace()));
  if (options.json || options.csv) {
    const pb::Comparison comparison = compare(runs);
    std::cout << (options.json ? to_json(comparison) : comparison_csv(comparison));
    return;
  }
  const auto yearly = yearly_runs(stored);
  // Hundreds of blanket orders are for files.
  std::cout << (yearly.size() == runs.size() ? paired_text(yearly)
                                             : comparison_text(compare(runs), runs))
            << published_beside_text(published_of(stored));
}

}  // namespace

void add_compare_command(CLI::App& app, Outcome& outcome) {
  const auto options = std::make_shared<CompareOptions>();
  auto* command =
      app.add_subcommand("compare", "What differs between runs, by indicator and month");
  command->add_option("DIR", options->directories, "Folders of runs; the first is the baseline")
      ->required();
  auto* json = command->add_flag("--json", options->json, "Print JSON");
  command->add_flag("--csv", options->csv, "Print tidy CSV")->excludes(json);
  auto* attribute =
      command->add_flag("--attribute", options->attribute,
                        "What accounts for it: run again with sets of changes, and without rules");
  command->add_option("--year", options->years, "Years to attribute [the one that tells most]")
      ->allow_extra_args(false)
      ->check(is_number(2'000, 2'100))
      ->needs(attribute);
  command->add_option("--top", options->rows, "Causes to show, the greatest first [10]")
      ->check(is_number(1, 1'000))
      ->needs(attribute);
  command->add_option("--levers", options->levers, "Groups of changes to tell apart, at most [10]")
      ->check(is_number(1, kMostLevers))
      ->needs(attribute);
  command
      ->add_option("--orders", options->orders,
                   "Orders of changes to average over, in pairs; few changes take all [12]")
      ->check(is_number(4, 10'000))
      ->needs(attribute);
  command
      ->add_option("--tries", options->tried,
                   "Rules, quotas and shortages to try: those that held back most unlike [10]")
      ->check(is_number(0, 1'000))
      ->needs(attribute);
  command->callback([options, command, &outcome] {
    if (options->attribute) {
      outcome.exit_code = attribute_runs(*options, is_quiet(*command));
    } else {
      compare_runs(*options);
    }
  });
}

}  // namespace chokepoint
