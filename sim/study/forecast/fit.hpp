#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/scenario/compose/compose.hpp"
#include "sim/sweep/information_set.hpp"

namespace chokepoint {

/// How far it is run from the last day that is known.
inline constexpr int kFitMonths = 2;

/// What is fitted, to what, and how long it is looked for.
struct FitMethod {
  std::vector<std::string> paths;  ///< Of figures with ranges, such as "choice.sensitivity".
  Date origin;                     ///< Last day on which a figure may have been known.
  int runs = 1500;                 ///< At most.
  double trust =
      0.02;  ///< What a standard deviation away from the prior adds to the squared misfit.
};

/// Where a search has come.
struct Fit {
  std::vector<double> z;       ///< By path: standard normal quantile of its prior.
  std::vector<double> values;  ///< By path: in the unit of the field.
  double misfit = 0.0;
  double objective = 0.0;  ///< misfit^2 + trust * sum of z^2.
};

/// Looks for the values inside their ranges that come nearest to the `calibrate` figures, and that
/// priors find likely: by quadratic models within a trust region (BOBYQA, Powell 2009), from the
/// priors on. The same scenario gives the same fit. `told` hears of every run, the first of which
/// is that of the priors. Throws where a path names no figure with a range.
Fit fit(const Composed& composed, const FitMethod& method,
        const std::function<void(int run, const Fit& best)>& told);

}  // namespace chokepoint
