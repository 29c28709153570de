#pragma once

#include <string>
#include <vector>

#include "chokepoint/v1/report.pb.h"
#include "tools/report/recorded_run.hpp"

namespace chokepoint {

/// What people read of a comparison: the scenarios and what changed in each, indicators with
/// differences from the baseline, the refusals of each scenario by month, and a legend of rules and
/// inputs. A cell "low .. high" spans the runs of a column. Rows that are zero everywhere are left
/// out but for those that a reader looks for. `runs` are those that were compared.
std::string comparison_text(const pb::Comparison& comparison, const std::vector<RecordedRun>& runs);

}  // namespace chokepoint
