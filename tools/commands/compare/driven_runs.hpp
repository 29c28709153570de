#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tools/commands/compare/compared_studies.hpp"

namespace chokepoint {

/// Which difference is asked about, and how much of the answer is shown.
struct DriversQuestion {
  std::string of;  ///< "installed_training mainland"; empty: what the first sentence is of.
  int year = 0;    ///< 0: that of the first sentence.
  std::size_t rows = 10;
};

/// Prints which of the inputs that were drawn move the difference between two runs. The exit code.
int rank_drivers(const std::vector<std::string>& directories, const DriversQuestion& question,
                 ToldAs told);

}  // namespace chokepoint
