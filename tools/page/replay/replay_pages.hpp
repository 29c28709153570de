#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/measure/measured_table.hpp"
#include "tools/page/page.hpp"
#include "tools/page/replay/stored_replay.hpp"

namespace chokepoint {

/// The page of one log of requests on one cluster or several, the first of them first.
/// Requires: at least one; all have requests.csv.
Page serving_page(const std::vector<const StoredReplay*>& replays);

/// The page of a training run that was played. Requires: it has interruptions.csv.
Page training_page(const StoredReplay& run);

/// The page of the jobs of a log under queue policies: `rows` of the table that `replay jobs -o`
/// writes into `file`. Throws std::runtime_error where they are not of such a table.
Page job_page(const std::filesystem::path& file, const std::vector<MeasuredRow>& rows);

}  // namespace chokepoint
