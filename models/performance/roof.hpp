#pragma once

#include <optional>

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

/// Share of its peak that a matrix unit attains on a device of `matrix_to_vector`, the 16-bit rate
/// of its matrix units over that of its vector units. Vector units and what is built beside them
/// (the paths from caches, the units that scale, convert and exponentiate) are what else a product
/// waits for; `share` is what is left where they are as scarce as kernels are written for, 7.4 to 1
/// as on an H100 or scarcer, `alone` where they do not count. With r = min(matrix_to_vector / 7.4,
/// 1):
///
///   1 / sqrt( 1/alone^2 + (1/share^2 - 1/alone^2) r^2 )
///
/// or `share` where that is no less than `alone` or the ratio is not known. Designs with more
/// matrix rate for their vector units (910B 16 to 1, B200 15 to 1) bring units of their own to feed
/// it, so that they attain the same share; one that was cut in matrix rate alone (H20, 1.7 to 1)
/// keeps the rest. Source: FlagPerf on A100-40 (4 to 1): products in bf16 0.72 to 0.90 of peak, in
/// fp32, which runs on vector units, 0.96 to 0.98.
double attained_matrix_share(double share, double alone, std::optional<double> matrix_to_vector);

}  // namespace chokepoint
