#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/compose/compose.hpp"

namespace chokepoint {

/// What a verb that runs a scenario changes of it: `sets`, "PATH=VALUE" each, in their order, then
/// what --seed, --as-of and --until stand for, where they are given: a scenario that is kept says
/// all of it. Requires: each of `sets` is an assignment.
std::vector<Assignment> scenario_edits(const std::vector<std::string>& sets,
                                       std::optional<std::uint64_t> seed, const std::string& as_of,
                                       const std::string& until);

}  // namespace chokepoint
