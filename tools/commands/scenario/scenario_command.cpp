#include <CLI/CLI.hpp>

#include "tools/commands/scenario/scenario_verbs.hpp"

namespace chokepoint {

void add_scenario_command(CLI::App& app, Outcome& outcome) {
  auto* scenario = app.add_subcommand("scenario", "Write, check and explain scenarios");
  scenario->require_subcommand(1);
  add_scenario_check(*scenario, outcome);
  add_scenario_explain(*scenario, outcome);
  add_scenario_new(*scenario, outcome);
}

}  // namespace chokepoint
