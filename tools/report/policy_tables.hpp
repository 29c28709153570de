#pragma once

#include <vector>

#include "tools/print/table.hpp"
#include "tools/report/policy_account.hpp"

namespace chokepoint {

/// Rulings, licenses, quotas, fees and adaptations of one run.
std::vector<Table> policy_tables(const PolicyAccount& account);

}  // namespace chokepoint
