#pragma once

#include <vector>

#include "tools/report/policy_account.hpp"
#include "tools/report/run_tables.hpp"

namespace chokepoint {

/// rulings.csv, licenses.csv, quotas.csv, fees.csv and adaptations.csv of one run.
std::vector<NamedTable> policy_tables(const PolicyAccount& account);

}  // namespace chokepoint
