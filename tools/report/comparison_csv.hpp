#pragma once

#include <string>

#include "chokepoint/v1/report.pb.h"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// A comparison as tidy CSV: one row per run, month (empty: the whole run), indicator and subject.
/// Differences stand with the whole run only, gates and rules with refusals of a month only.
std::string comparison_csv(const pb::Comparison& comparison);

}  // namespace chokepoint
