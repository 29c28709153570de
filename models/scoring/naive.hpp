#pragma once

#include <span>

#include "models/calendar.hpp"
#include "models/scoring/scores.hpp"

namespace chokepoint {

/// A figure of a period that was public when the forecast was made.
struct KnownFigure {
  Date period_end;
  double value = 0.0;
};

/// How a series is carried on without a model.
struct NaiveMethod {
  Transform transform;
  int months_per_period = 3;  ///< 12 for annual figures; > 0.
  double alpha = 0.1;         ///< The band is the middle 1 - alpha.
  /// Least standard deviation of the error of one period, on the scale, where fewer than three
  /// errors tell of it; >= 0.
  double floor = 0.3;
};

/// "As last time": the last known figure goes on. Its band is that of a random walk,
///
///   median +- q s sqrt(h),   s^2 = mean of e_i^2,   e_i = (z_i - z_(i-1)) / sqrt(h_i)
///
/// on the transformed scale z; h counts periods to `period_end`, h_i between known figures (1
/// unless some are missing). q is the Student quantile for as many degrees of freedom as errors,
/// from three errors on; with fewer, s is at least the floor and q is the normal quantile.
///
/// Requires: `known` is not empty, in order of time, without two of a period; `period_end` lies
/// after them.
Forecast persistence_forecast(std::span<const KnownFigure> known, Date period_end,
                              const NaiveMethod& method);

/// "As it went so far": a random walk with drift, the usual naive method for series with a trend.
/// The drift is a straight line on the *transformed* scale from the first known figure to the last,
/// so that a sum grows by a rate and not by an amount; with one figure it is 0.
///
///   median = z_n + h d,   band: median +- q s sqrt(h (1 + h / H)),
///   d = (z_n - z_1) / H,  e_i = (z_i - z_(i-1) - h_i d) / sqrt(h_i),  s^2 = sum of e_i^2 / (m - 1)
///
/// H counts periods from the first known figure to the last, m the errors; their degrees of freedom
/// are m - 1. Requires: as above.
/// Source: Hyndman, Athanasopoulos, "Forecasting: Principles and Practice", 3rd ed., 5.2 and 5.5.
Forecast trend_forecast(std::span<const KnownFigure> known, Date period_end,
                        const NaiveMethod& method);

}  // namespace chokepoint
