#pragma once

#include <string>
#include <vector>

#include "tools/commands/compare/compared_studies.hpp"

namespace chokepoint {

/// How runs are attributed, and what of it is shown.
struct AttributedRuns {
  std::vector<int> years;  ///< Empty: the one that tells most.
  int rows = 10;
  int levers = 10;
  int orders = 12;
  int tried = 10;
};

/// Runs the scenarios of `directories` again with sets of changes and prints what accounts for
/// their differences. The exit code.
int attribute_runs(const std::vector<std::string>& directories, const AttributedRuns& options,
                   ToldAs told, bool quiet);

}  // namespace chokepoint
