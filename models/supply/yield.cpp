#include "models/supply/yield.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {

double yield_after(const Yield& yield, double processed) {
  assert(processed >= 0.0);
  const double start = yield.start.value, ceiling = yield.ceiling.value;
  if (yield.experience.value <= 0.0) return ceiling;
  const double to_go = (ceiling - start) * std::exp(-processed / yield.experience.value);
  return std::clamp(ceiling - to_go, start, ceiling);  // Rounding may leave the range.
}

}  // namespace chokepoint
