#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "chokepoint/v1/report.pb.h"
#include "tools/report/recorded_run.hpp"

namespace chokepoint {

/// Every indicator and every month of `runs`, in their order, with differences from the baseline:
/// the runs whose composed scenario is the first run's but for `market.refused_budget`. A run is
/// held against the baseline's run with the same budget rule, or its first where none has it.
/// Requires: at least one run.
pb::Comparison compare(const std::vector<RecordedRun>& runs);

/// Runs of each column of `comparison`: columns[c] are indices into `runs`, rising.
std::vector<std::vector<std::size_t>> columns_of(const pb::Comparison& comparison);

}  // namespace chokepoint
