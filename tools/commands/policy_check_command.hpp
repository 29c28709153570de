#pragma once

#include "tools/commands/commands.hpp"
#include "tools/commands/policy_options.hpp"

namespace chokepoint {

/// Adds `--to`, `--from`, `--buyer` and the rest of a way to `command`.
void add_way_options(CLI::App& command, RouteOptions& options);

/// Adds `policy check` to the command `policy`; see add_policy_command().
void add_policy_check(CLI::App& policy, Outcome& outcome);

}  // namespace chokepoint
