#pragma once

#include <vector>

#include "sim/indicators/policy_account.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

/// Rulings, licenses, quotas, fees and adaptations of one run.
std::vector<Table> policy_tables(const PolicyAccount& account);

}  // namespace chokepoint
