#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "tools/commands/commands.hpp"
#include "tools/console/fact_line.hpp"
#include "tools/console/trace_inspection.hpp"

namespace chokepoint {
namespace {

struct CatOptions {
  std::string trace;
  std::vector<std::string> only;  ///< Kinds; empty: all.
  bool json = false;
};

/// Exit code: a trace that was cut off is a finding.
int warn_of_truncation(const std::string& truncation, const std::string& file) {
  if (truncation.empty()) return 0;
  std::cerr << "chokepoint: warning: " << file << ": " << truncation << "\n";
  return kFinding;
}

int inspect(const std::string& file) {
  const TraceInspection trace = inspect_trace(file);
  std::cout << inspection_text(trace, file);
  return warn_of_truncation(truncation(trace), file);
}

int cat(const CatOptions& options) {
  TraceReader reader(options.trace);
  const Moment epoch = epoch_of(reader.manifest(), options.trace);
  const auto is_wanted = [&](const pb::Fact& fact) {
    const auto& only = options.only;
    return only.empty() || std::ranges::find(only, kind_of(fact)) != only.end();
  };
  std::string line;
  while (const auto timed = std::cout ? reader.next() : std::nullopt) {
    if (!is_wanted(timed->fact)) continue;
    line.clear();
    if (options.json) append_json(epoch, *timed, line);
    if (!options.json) line = fact_line(epoch, *timed);
    std::cout << (line += '\n');
  }
  if (!std::cout) return 0;  // The trace was not read to its end; `main` says what failed.
  return warn_of_truncation(truncation(reader), options.trace);
}

void add_inspect(CLI::App& trace, Outcome& outcome) {
  const auto file = std::make_shared<std::string>();
  auto* command = trace.add_subcommand(
      "inspect", "What made a trace, and what is in it; exit code 1 where it was cut off");
  command->add_option("TRACE", *file, "A trace.pftrace, or what is left of one")->required();
  command->callback([file, &outcome] { outcome.exit_code = inspect(*file); });
}

void add_cat(CLI::App& trace, Outcome& outcome) {
  const auto options = std::make_shared<CatOptions>();
  auto* command = trace.add_subcommand("cat", "Print the facts of a trace, one per line");
  command->add_option("TRACE", options->trace, "A trace.pftrace, or what is left of one")
      ->required();
  command->add_flag("--json", options->json, "Print JSON lines");
  command->add_option("--only", options->only, "Print facts of this kind; may be repeated")
      ->type_name("KIND")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->check(CLI::IsMember(fact_kinds()));
  command->callback([options, &outcome] { outcome.exit_code = cat(*options); });
}

}  // namespace

void add_trace_command(CLI::App& app, Outcome& outcome) {
  auto* trace = app.add_subcommand("trace", "Look into a trace");
  trace->require_subcommand(1);
  add_inspect(*trace, outcome);
  add_cat(*trace, outcome);
}

}  // namespace chokepoint
