#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "chokepoint/v1/report.pb.h"
#include "tools/print/legend.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// Month by month, what `runs` of one scenario ordered, received and were refused, which gate bound
/// under which rules, and what that took from them. Rules and inputs get marks in the legends.
/// Devices that no gate ever held back, in no run of the comparison, are left out where others were
/// held back. Empty where nothing is left.
std::string month_table(const pb::Comparison& comparison, const std::vector<std::size_t>& runs,
                        Legend& rules, Legend& inputs);

}  // namespace chokepoint
