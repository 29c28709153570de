#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/read_world.hpp"
#include "sim/scenario/silent/silent_inputs.hpp"
#include "sim/sweep/draw_design.hpp"
#include "tools/commands/scenario/scenario_verbs.hpp"
#include "tools/console/locate.hpp"
#include "tools/print/json_value.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

struct CheckOptions {
  std::string file;
  bool strict = false, json = false;
};

/// Of a cluster nothing happens by dates: logs are replayed on it.
bool is_cluster(const pb::Scenario& scenario) {
  return scenario.sites_size() > 0 && scenario.orders_size() + scenario.buyers_size() == 0 &&
         scenario.training_jobs_size() + scenario.services_size() == 0;
}

/// A file that others import says neither what it is called nor when it begins; a cluster says what
/// it is called.
bool is_for_import(const pb::Scenario& scenario) {
  if (!scenario.start().empty() || !scenario.end().empty()) return false;
  return is_cluster(scenario) || (scenario.name().empty() && scenario.question().empty());
}

std::string contents(const pb::Scenario& scenario) {
  std::string counts;
  const auto count = [&](int n, const char* kind) {
    if (n > 0)
      counts += fmt::format("{}{} {}{}", counts.empty() ? "" : ", ", n, kind, n == 1 ? "" : "s");
  };
  count(scenario.sources_size(), "source");
  count(scenario.devices_size(), "device");
  count(scenario.nodes_size(), "node");
  count(scenario.transformers_size(), "transformer");
  count(scenario.orgs_size(), "org");
  count(scenario.rules_size(), "rule");
  count(scenario.exceptions_size(), "exception");
  count(scenario.orders_size(), "order");
  count(scenario.sites_size(), "site");
  count(scenario.training_jobs_size(), "training job");
  count(scenario.services_size(), "service");
  return counts.empty() ? "nothing in it" : counts;
}

JsonValue json_of(const Diagnostics& found) {
  JsonValue list = JsonValue::list();
  for (const Diagnostic& item : found.items()) {
    const bool is_error = item.severity == Diagnostic::Severity::Error;
    list.push(JsonValue::object()
                  .add("severity", is_error ? "error" : "warning")
                  .add("file", item.where.file.str())
                  .add("line", static_cast<double>(item.where.line))
                  .add("column", static_cast<double>(item.where.column))
                  .add("message", item.message)
                  .add("help", item.help));
  }
  return list;
}

/// What the file is, with every error, and every warning where there is none.
std::optional<Composed> checked(const fs::path& file, Diagnostics& found) {
  auto composed = compose(file, {}, false, found);
  if (!composed) return composed;
  if (is_for_import(composed->scenario)) {
    read_catalog(*composed, found);
    return composed;
  }
  composed = compose(file, {}, true, found);
  const auto world = composed ? read_world(*composed, found) : std::nullopt;
  if (world) find_silent_inputs(*composed, *world, found);
  if (world) check_design(*composed, found);
  return composed;
}

int check_scenario(const fs::path& file, const CheckOptions& options) {
  Diagnostics found;
  const auto composed = checked(file, found);
  const bool is_wrong = found.has_errors() || (options.strict && !found.items().empty());
  if (options.json) {
    std::cout << JsonValue::object()
                     .add("schema", "chokepoint.check/1")
                     .add("file", file.string())
                     .add("ok", !is_wrong)
                     .add("findings", json_of(found))
                     .text()
              << "\n";
    return is_wrong ? kBadInput : 0;
  }
  if (!found.items().empty()) print(std::cerr, found, file.string());
  if (is_wrong) return kBadInput;
  std::cout << fmt::format("{}: ok ({})\n", file.string(), contents(composed->scenario));
  return 0;
}

}  // namespace

void add_scenario_check(CLI::App& scenario, Outcome& outcome) {
  const auto options = std::make_shared<CheckOptions>();
  auto* command = scenario.add_subcommand("check", "Read a scenario and report all its errors");
  command->add_option("FILE", options->file, "A scenario, or a file that scenarios import")
      ->required();
  command->add_flag("--strict", options->strict, "An input that does nothing is an error too");
  command->add_flag("--json", options->json, "Print JSON");
  command->callback([options, command, &outcome] {
    const fs::path root = root_of(*command);
    outcome.exit_code = check_scenario(locate_scenario(options->file, root), *options);
  });
}

}  // namespace chokepoint
