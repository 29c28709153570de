#pragma once

#include "tools/commands/commands.hpp"

namespace chokepoint {

// Each adds a verb below `scenario`.

/// `scenario check`: every error, and every input that does nothing.
void add_scenario_check(CLI::App& scenario, Outcome& outcome);
/// `scenario explain`: every value, where it comes from and what it was in the base.
void add_scenario_explain(CLI::App& scenario, Outcome& outcome);
/// `scenario new`: a scenario to start from, which runs.
void add_scenario_new(CLI::App& scenario, Outcome& outcome);

}  // namespace chokepoint
