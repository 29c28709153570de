#pragma once

#include <optional>
#include <vector>

#include "models/calendar.hpp"
#include "models/sourced.hpp"

namespace chokepoint {

/// What lies between two points of a curve: the earlier value, a straight line, or a steady rate.
enum class CurveShape { Step, Linear, Log };

/// A figure that holds on a day.
struct CurvePoint {
  Date on;
  Sourced<double> value;
};

/// A quantity over the years: what is known of it, and how it goes on after that. Studies that
/// stand at an earlier date hold the points that were known then, and let them go on.
struct Curve {
  CurveShape shape = CurveShape::Step;
  std::vector<CurvePoint> points;   ///< In order of date, no two on a day.
  Sourced<double> growth_per_year;  ///< After the last point: 0.5 is half as much again; > -1.
  std::optional<double> ceiling;    ///< Growth stops here: 1 of a share.
  /// What it is multiplied by: 1 until the first of them, straight lines between, and the last from
  /// then on; >= 0. So a what-if bends a curve from a day on and leaves what was before.
  std::vector<CurvePoint> factors;
};

/// The curve's value on `date`. 0 before the first point; after the last its value times
/// (1 + growth)^years, at most the ceiling, where that lies above the last value. Between points of
/// which one is 0, a Log curve is a straight line. Factors come last.
double value_on(const Curve& curve, Date date);

/// The figure behind what the curve says of a day: that of its last point which is not later. Input
/// 0 where there is none.
InputId input_behind(const Curve& curve, Date date);

/// Mean value over the days of [begin, end), from the values at its two ends and its middle
/// (Simpson's rule): exact for straight lines. Requires: begin < end.
double mean_over(const Curve& curve, Date begin, Date end);

}  // namespace chokepoint
