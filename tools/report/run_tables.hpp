#pragma once

#include <string>
#include <vector>

#include "sim/indicators/policy_account.hpp"
#include "sim/indicators/run_account.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

/// The tidy tables of a run, units in their headers: deliveries, refusals, orders (by packages and
/// dollars); compute, services, training, sites, supplies (sampled counters by
/// date); and policy_tables().
std::vector<Table> run_tables(const RunAccount& account);

/// Rulings, licenses, quotas, fees and adaptations of one run.
std::vector<Table> policy_tables(const PolicyAccount& account);

/// The results of one run in a few lines for a terminal: delivered, refused and by which rules,
/// substitutes, tokens, training, energy.
std::string run_summary(const RunAccount& account);

}  // namespace chokepoint
