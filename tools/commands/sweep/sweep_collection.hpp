#pragma once

#include <string>

#include "tools/sweep/cell_work.hpp"

namespace chokepoint {

/// Exit code of a sweep of which some cells failed or are missing.
inline constexpr int kSomeFailed = 4;

/// What is asked of a sweep that ran.
struct SweepCollection {
  std::string folder;
  std::string show;        ///< INDICATOR@YEAR of every point; empty: none.
  bool all_draws = false;  ///< Also those that do not agree with what was published.
  bool sqlite = false;     ///< Also as a database.
};

/// "3 of 8 cells are whole, ...", a line.
std::string count_text(const SweepCount& count);

/// Reads every result: writes bands and what else is asked for, and prints the figure that is
/// shown, with what inputs explain of it where the sweep has a design. The exit code.
int collect_sweep_of(const SweepCollection& options, bool quiet);

}  // namespace chokepoint
