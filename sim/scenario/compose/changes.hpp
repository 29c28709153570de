#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/scenario/compose/compose.hpp"

namespace chokepoint {

/// What differs from `base` in `composed`, in the order of the schema and of the lists. An element
/// that was added or removed is one change, as is a figure, fact or test that was replaced; a
/// figure of which only the value differs is a change of that value. Name and question are left
/// out: every file has its own. `removals`: where each removed path was taken away.
std::vector<Change> changes_since(const pb::Scenario& base, const Composed& composed,
                                  const std::map<std::string, SourceLocation>& removals);

}  // namespace chokepoint
