#pragma once

#include <cstdint>
#include <vector>

#include "chokepoint/v1/report.pb.h"
#include "tools/report/fold.hpp"

namespace chokepoint {

/// What was ordered, delivered and refused of each device in each month, why, and what that cost,
/// by month and device. Substitutes are left out. Months in which nothing was ordered, delivered or
/// refused are skipped, so that columns add up to the run's totals. `run` is put into each.
std::vector<pb::RefusedMonth> refused_months(const RunAccount& account, std::uint32_t run);

}  // namespace chokepoint
