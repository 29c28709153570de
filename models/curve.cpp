#include "models/curve.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {

namespace {

double days_between(Date from, Date to) {
  return static_cast<double>((to - from).count());
}

double after_last(const Curve& curve, const CurvePoint& last, Date date) {
  const double years = days_between(last.on, date) / kDaysPerYear;
  const double grown = last.value.value * std::pow(1.0 + curve.growth_per_year.value, years);
  if (!curve.ceiling) return grown;
  return std::min(grown, std::max(*curve.ceiling, last.value.value));
}

double between(CurveShape shape, const CurvePoint& a, const CurvePoint& b, Date date) {
  const double from = a.value.value;
  const double to = b.value.value;
  const double share = days_between(a.on, date) / days_between(a.on, b.on);
  switch (shape) {
    case CurveShape::Step:
      return from;
    case CurveShape::Linear:
      return from + share * (to - from);
    case CurveShape::Log:
      if (from <= 0.0 || to <= 0.0) return from + share * (to - from);
      return from * std::pow(to / from, share);
  }
  return from;
}

double factor_on(const std::vector<CurvePoint>& factors, Date date) {
  const auto next = std::ranges::upper_bound(factors, date, {}, &CurvePoint::on);
  if (next == factors.begin()) return 1.0;
  const CurvePoint& last = *std::prev(next);
  return next == factors.end() ? last.value.value : between(CurveShape::Linear, last, *next, date);
}

double without_factors(const Curve& curve, Date date) {
  const auto& points = curve.points;
  const auto next = std::ranges::upper_bound(points, date, {}, &CurvePoint::on);
  if (next == points.begin()) return 0.0;
  const CurvePoint& last = *std::prev(next);
  return next == points.end() ? after_last(curve, last, date)
                              : between(curve.shape, last, *next, date);
}

}  // namespace

double value_on(const Curve& curve, Date date) {
  return without_factors(curve, date) * factor_on(curve.factors, date);
}

InputId input_behind(const Curve& curve, Date date) {
  InputId figure{};
  for (const CurvePoint& point : curve.points) {
    if (point.on <= date && point.value.input) figure = *point.value.input;
  }
  return figure;
}

double mean_over(const Curve& curve, Date begin, Date end) {
  assert(begin < end);
  const Date middle = begin + (end - begin) / 2;
  return (value_on(curve, begin) + 4.0 * value_on(curve, middle) + value_on(curve, end)) / 6.0;
}

}  // namespace chokepoint
