#pragma once

#include <string>

#include "sim/study/forecast/fit.hpp"

namespace chokepoint {

/// The fitted figures as a part of a scenario file: value and range, with what the prior said.
std::string fitted_text(const Composed& composed, const FitMethod& method, const Fit& fit);

}  // namespace chokepoint
