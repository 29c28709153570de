#pragma once

#include "models/performance/kernel.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// What a device attains of its three roofs on one operator.
struct AttainedRoofs {
  FlopsPerSecond matrix, vector;
  BytesPerSecond memory;
};

/// Time of one operator, and what most of it goes to.
struct KernelTime {
  Seconds time;
  Limit limit = Limit::Memory;
};

/// Time of `work` under three roofs that partly overlap, their soft maximum:
///
///   t = sqrt( (matrix / roof_m)^2 + (vector / roof_v)^2 + (traffic / roof_b)^2 )
///
/// Between the greatest of the three and sqrt(3) of it. Launches and exchanges are not in it.
/// Requires: every roof that the work uses positive; others are not looked at.
/// Source: fitted to published serving results; the hard maximum was 1 % worse (README).
KernelTime kernel_time(const OperatorWork& work, const AttainedRoofs& roofs);

/// Share of its rate that a matrix unit reaches with `rows` rows, in [0, 1): rows / (rows + half).
/// Stands for partly filled tiles and waves. Requires: rows >= 0, half > 0.
constexpr double saturation(double rows, double half) {
  return rows / (rows + half);
}

}  // namespace chokepoint
