#pragma once

#include <cstdint>
#include <vector>

#include "chokepoint/v1/report.pb.h"
#include "sim/indicators/run_account.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// What was ordered, delivered and refused of each device in each month, why, and what that cost,
/// by month and device. Substitutes are left out. Months in which nothing was ordered, delivered or
/// refused are skipped, so that columns add up to the run's totals. `run` is put into each.
std::vector<pb::RefusedMonth> refused_months(const RunAccount& account, std::uint32_t run);

}  // namespace chokepoint
