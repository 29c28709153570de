#pragma once

#include <vector>

#include "sim/indicators/run_account.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

/// The tidy tables of a run, units in their headers: deliveries, refusals, orders (by packages and
/// dollars); compute, services, training, sites, supplies (sampled counters by
/// date); and policy_tables().
std::vector<Table> run_tables(const RunAccount& account);

}  // namespace chokepoint
