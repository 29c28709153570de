#pragma once

#include <cmath>

#include "models/serving/request.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// The nanosecond that is nearest to `time`. Requires: |time| below 292 years.
inline Nanoseconds to_nanoseconds(Seconds time) {
  return std::llround(time.value * 1e9);
}

inline Seconds to_seconds(Nanoseconds time) {
  return Seconds{static_cast<double>(time) * 1e-9};
}

}  // namespace chokepoint
