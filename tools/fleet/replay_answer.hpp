#pragma once

#include <string>
#include <vector>

#include "tools/fleet/replay_table.hpp"

namespace chokepoint {

/// What a replay of requests found, in two or three sentences, each a line: which cluster keeps
/// what is promised for most requests (without a promise, whose first tokens come soonest), how the
/// others stand to it; what a million tokens costs; and what is not known of it. Requires: some
/// cluster.
std::string replay_answer(const std::vector<Replayed>& replayed);

}  // namespace chokepoint
