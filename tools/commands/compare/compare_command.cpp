#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "sim/study/causes/shapley.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/compare/attributed_runs.hpp"
#include "tools/commands/compare/compared_studies.hpp"
#include "tools/commands/compare/driven_runs.hpp"

namespace chokepoint {
namespace {

struct CompareOptions {
  std::vector<std::string> directories;
  bool json = false;
  bool csv = false;
  bool attribute = false;
  bool drivers = false;
  std::string driven;  ///< The figure whose drivers are asked about.
  AttributedRuns attributed;
};

ToldAs told_as(const CompareOptions& options) {
  if (options.json) return ToldAs::Json;
  return options.csv ? ToldAs::Csv : ToldAs::Text;
}

/// What is wrong with the years that are asked for; empty where nothing is.
std::string year_complaint(const std::vector<int>& years, const StoredRuns& runs) {
  if (years.size() > 1) return "one year is shown at a time";
  if (years.empty()) return "";
  const auto yearly = yearly_runs(runs);
  if (yearly.size() != runs.size()) return "these runs have no figures of years";
  for (const YearlyRun& run : yearly) {
    const auto known = years_of(run.itself);
    if (std::ranges::count(known, years.front()) > 0) continue;
    return fmt::format("{} has no figures of {}, but of {} to {}", run.name, years.front(),
                       known.front(), known.back());
  }
  return "";
}

int compare_runs(const CompareOptions& options, bool quiet) {
  if (options.directories.size() < 2) {
    return refuse("one run by itself has no difference",
                  "name two runs, the baseline first: chokepoint compare runs/a runs/b");
  }
  if (options.attribute) {
    return attribute_runs(options.directories, options.attributed, told_as(options), quiet);
  }
  const auto& years = options.attributed.years;
  if (options.drivers) {
    if (years.size() > 1) return refuse("drivers are those of one year", "give --year once");
    const auto rows = static_cast<std::size_t>(options.attributed.rows);
    return rank_drivers(options.directories,
                        {options.driven, years.empty() ? 0 : years.front(), rows},
                        told_as(options));
  }
  const auto runs = stored_runs(options.directories, StoredKinds::All);
  if (const auto complaint = comparison_complaint(runs); !complaint.empty()) {
    return refuse(complaint, "compare runs of one kind");
  }
  if (const auto complaint = year_complaint(years, runs); !complaint.empty()) {
    return refuse(complaint, "--csv and --json have all years");
  }
  std::cout << compared_studies(runs, years.empty() ? 0 : years.front(), told_as(options));
  return 0;
}

}  // namespace

void add_compare_command(CLI::App& app, Outcome& outcome) {
  const auto options = std::make_shared<CompareOptions>();
  auto* command = app.add_subcommand(
      "compare", "What differs between runs, in two sentences, then figure by figure");
  command->add_option("DIR", options->directories, "Folders of runs; the first is the baseline")
      ->required();
  auto* json = command->add_flag("--json", options->json, "Print JSON");
  command->add_flag("--csv", options->csv, "Print tidy CSV")->excludes(json);
  auto* attribute =
      command->add_flag("--attribute", options->attribute,
                        "What accounts for it: run again with sets of changes, and without rules");
  command
      ->add_option("--year", options->attributed.years,
                   "Year to show; with --attribute several [the one that tells most]")
      ->allow_extra_args(false)
      ->check(is_number(2'000, 2'100));
  auto* drivers =
      command
          ->add_flag("--drivers", options->drivers,
                     "Which inputs that draws took move the difference, by variance explained")
          ->excludes(attribute);
  command
      ->add_option("--of", options->driven,
                   "Figure whose drivers are asked about, such as 'installed_training mainland' "
                   "[that of the first sentence]")
      ->needs(drivers);
  command
      ->add_option("--top", options->attributed.rows,
                   "Causes or drivers to show, the greatest first [10]")
      ->check(is_number(1, 1'000));
  command
      ->add_option("--levers", options->attributed.levers,
                   "Groups of changes to tell apart, at most [10]")
      ->check(is_number(1, kMostLevers))
      ->needs(attribute);
  command
      ->add_option("--orders", options->attributed.orders,
                   "Orders of changes to average over, in pairs; few changes take all [12]")
      ->check(is_number(4, 10'000))
      ->needs(attribute);
  command
      ->add_option("--tries", options->attributed.tried,
                   "Rules, quotas and shortages to try: those that held back most unlike [10]")
      ->check(is_number(0, 1'000))
      ->needs(attribute);
  command->callback([options, command, &outcome] {
    outcome.exit_code = compare_runs(*options, is_quiet(*command));
  });
}

}  // namespace chokepoint
