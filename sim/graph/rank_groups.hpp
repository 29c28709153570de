#pragma once

#include <optional>
#include <string>

#include "models/graph/rank_match.hpp"
#include "sim/scenario/text/diagnostics.hpp"

namespace chokepoint {

/// The ranks of each group, of a JSON text such as {"1": [0, 8], "2": [1, 9]}. Nothing after
/// errors: no such text, an empty group, ranks that are no whole numbers or there twice.
std::optional<RankGroups> read_groups(const std::string& text, const std::string& file,
                                      Diagnostics& found);

}  // namespace chokepoint
