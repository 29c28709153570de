#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "tools/commands.hpp"
#include "tools/history/paired.hpp"
#include "tools/report/comparison.hpp"
#include "tools/report/comparison_csv.hpp"
#include "tools/report/comparison_text.hpp"
#include "tools/report/fold.hpp"
#include "tools/report/json.hpp"

namespace chokepoint {
namespace {

struct CompareOptions {
  std::vector<std::string> directories;
  bool json = false;
  bool csv = false;
};

/// Prints the comparison. False where a run was cut off: what is shown is then no comparison of
/// whole runs.
bool compare_runs(const CompareOptions& options) {
  std::vector<RunAccount> runs;
  for (const auto& directory : options.directories) runs.push_back(read_run(directory));
  const auto yearly = yearly_runs(options.directories);
  if (yearly.size() == runs.size() && !options.json && !options.csv) {
    std::cout << paired_text(yearly);  // Hundreds of standing orders are for files.
  } else {
    const pb::Comparison comparison = compare(runs);
    std::cout << (options.json  ? to_json(comparison)
                  : options.csv ? comparison_csv(comparison)
                                : comparison_text(comparison, runs));
  }
  const auto truncated = [](const RunAccount& run) { return run.truncated; };
  for (const auto& run : runs) {
    if (run.truncated) {
      std::cerr << "chokepoint: warning: the trace in " << run.directory.string()
                << " ends before the run did\n";
    }
  }
  return std::none_of(runs.begin(), runs.end(), truncated);
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
  command->callback(
      [options, &outcome] { outcome.exit_code = compare_runs(*options) ? 0 : kFinding; });
}

}  // namespace chokepoint
