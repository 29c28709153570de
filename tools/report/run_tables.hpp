#pragma once

#include <string>
#include <vector>

#include "tools/report/fold.hpp"

namespace chokepoint {

/// A table of a run's folder.
struct NamedTable {
  std::string file;  ///< Such as "deliveries.csv".
  std::string text;
};

/// The tidy tables of a run, units in their headers: deliveries, refusals, orders (by packages and
/// dollars); compute, services, training, sites, supplies (sampled counters by
/// date); and policy_tables().
std::vector<NamedTable> run_tables(const RunAccount& account);

}  // namespace chokepoint
