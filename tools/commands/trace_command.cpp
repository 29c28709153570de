#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "tools/commands/commands.hpp"
#include "tools/console/fact_line.hpp"
#include "tools/console/trace_difference.hpp"
#include "tools/console/trace_inspection.hpp"
#include "tools/export/export_trace.hpp"
#include "tools/print/number_format.hpp"

namespace chokepoint {
namespace {

struct CatOptions {
  std::string trace;
  std::vector<std::string> only;  ///< Kinds; empty: all.
  bool json = false;
};

struct InspectOptions {
  std::string trace;
  bool scenario = false, json = false;
};

struct ExportOptions {
  std::string trace, to, output;
};

struct DiffOptions {
  std::array<std::string, 2> traces;
  std::size_t shown = 20;
  bool json = false;
};

/// Exit code: a trace that was cut off is a finding.
int warn_of_truncation(const std::string& truncation, const std::string& file) {
  if (truncation.empty()) return 0;
  std::cerr << "chokepoint: warning: " << file << ": " << truncation << "\n";
  return kFinding;
}

int inspect(const InspectOptions& options) {
  if (options.scenario) {
    std::cout << scenario_text(TraceReader(options.trace).manifest());
    return 0;
  }
  const TraceInspection trace = inspect_trace(options.trace);
  std::cout << (options.json ? inspection_json(trace, options.trace).text() + "\n"
                             : inspection_text(trace, options.trace));
  return warn_of_truncation(truncation(trace), options.trace);
}

int export_as_asked(const ExportOptions& options) {
  const Exported exported = options.to == "sqlite"   ? export_sqlite(options.trace, options.output)
                            : options.to == "csv"    ? export_csv(options.trace, options.output)
                            : options.to == "chrome" ? export_chrome(options.trace, options.output)
                                                     : export_chakra(options.trace, options.output);
  const auto count = [](std::uint64_t facts) { return format_value(static_cast<double>(facts)); };
  std::cout << count(exported.facts - exported.of_later_versions)
            << (options.to == "chakra" ? " operators in " : " facts in ") << options.output << "\n";
  if (exported.of_later_versions > 0) {
    std::cerr << "chokepoint: warning: " << options.trace << ": "
              << count(exported.of_later_versions) << " facts of a later version left out\n";
  }
  return warn_of_truncation(
      exported.is_truncated ? "truncated; what was whole is in " + options.output : "",
      options.trace);
}

int diff(const DiffOptions& options) {
  const TraceDifference found =
      difference_of({options.traces[0], options.traces[1]}, options.shown);
  std::cout << (options.json ? difference_json(found, options.traces).text() + "\n"
                             : difference_text(found, options.traces));
  int code = found.is_none() ? 0 : kFinding;
  for (std::size_t i : {0U, 1U}) {
    code = std::max(code, warn_of_truncation(found.truncations[i], options.traces[i]));
  }
  return code;
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
  const auto options = std::make_shared<InspectOptions>();
  auto* command = trace.add_subcommand(
      "inspect", "What made a trace, and what is in it; exit code 1 where it was cut off");
  command->add_option("TRACE", options->trace, "A trace.pftrace, or what is left of one")
      ->required();
  auto* scenario = command->add_flag("--scenario", options->scenario,
                                     "Print the scenario that ran, as a file that runs again");
  command->add_flag("--json", options->json, "For programs")->excludes(scenario);
  command->callback([options, &outcome] { outcome.exit_code = inspect(*options); });
}

void add_export(CLI::App& trace, Outcome& outcome) {
  const auto options = std::make_shared<ExportOptions>();
  auto* command = trace.add_subcommand(
      "export", "Write a trace for other programs; exit code 1 where it was cut off");
  command->add_option("TRACE", options->trace, "A trace.pftrace, or what is left of one")
      ->required();
  command
      ->add_option(
          "--to", options->to,
          "sqlite: a database; csv: a folder of tables; chrome: trace-event JSON; chakra: a "
          "training step as a folder of execution traces")
      ->required()
      ->check(CLI::IsMember({"sqlite", "csv", "chrome", "chakra"}));
  command->add_option("-o", options->output, "Where it goes; a file of that name is replaced")
      ->type_name("PATH")
      ->required();
  command->callback([options, &outcome] { outcome.exit_code = export_as_asked(*options); });
}

void add_diff(CLI::App& trace, Outcome& outcome) {
  const auto options = std::make_shared<DiffOptions>();
  auto* command = trace.add_subcommand(
      "diff", "Facts that two traces do not share; exit code 1 where there are any");
  command->add_option("FIRST", options->traces[0], "A trace.pftrace")->required();
  command->add_option("SECOND", options->traces[1], "Another")->required();
  command->add_option("--show", options->shown, "Facts that differ, at most; 20 unless given")
      ->check(CLI::Range(0, 1'000'000));
  command->add_flag("--json", options->json, "For programs");
  command->callback([options, &outcome] { outcome.exit_code = diff(*options); });
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
  add_export(*trace, outcome);
  add_diff(*trace, outcome);
}

}  // namespace chokepoint
