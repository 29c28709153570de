#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/indicators/figures.hpp"
#include "sim/scenario/compose/compose.hpp"

namespace chokepoint {

/// What of a run is compared with another one over all its years.
struct Movement {
  std::string indicator, subject;    ///< As in headlines().
  double before = 0.0, after = 0.0;  ///< Sums over the years; of shares as well.
  double share = 0.0;  ///< Of the differences of years in the sum of greater values, in [0, 1].
};

/// Every headline of two runs, over all their years; that which moves most first.
std::vector<Movement> movements(const Figures& base, const Figures& other);

/// How far a run moves when one figure is a fifth less.
struct Sensitivity {
  std::string path;
  /// Mean of the shares of all movements; nothing where it does not run with the figure a fifth
  /// less, such as four fifths of a chip.
  std::optional<double> moves;
  Movement most;  ///< The greatest of them.
};

/// Runs the scenario as it is, and once for each of `paths` with that figure a fifth less. Most
/// moving first, those that cannot be last; ties in the order given. `told` hears how many are
/// done. Throws std::runtime_error where the scenario itself does not run, or a path names no
/// figure.
std::vector<Sensitivity> sensitivities(const Composed& composed,
                                       const std::vector<std::string>& paths, int workers,
                                       const std::function<void(int done)>& told);

}  // namespace chokepoint
