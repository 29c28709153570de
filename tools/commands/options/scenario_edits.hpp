#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/compose/compose.hpp"

namespace chokepoint {

/// What a verb that runs a scenario changes of it: `sets`, "PATH=VALUE" each, in their order, then
/// what --seed, --as-of, --until and --saltelli stand for, where they are given: a scenario that is
/// kept says all of it. Requires: each of `sets` is an assignment.
std::vector<Assignment> scenario_edits(const std::vector<std::string>& sets,
                                       std::optional<std::uint64_t> seed, const std::string& as_of,
                                       const std::string& until,
                                       const std::vector<std::string>& saltelli);

/// Names the paths of a Saltelli design, for runs and sweeps.
void add_saltelli(CLI::App& command, std::vector<std::string>& saltelli);

}  // namespace chokepoint
