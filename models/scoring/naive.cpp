#include "models/scoring/naive.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cassert>
#include <cmath>

namespace chokepoint {
namespace {

constexpr int kEnoughErrors = 3;

double periods_between(Date from, Date to, const NaiveMethod& method) {
  return static_cast<double>((to - from).count()) / (kDaysPerMonth * method.months_per_period);
}

// Errors of one period each, on the scale.
struct Errors {
  int count = 0;
  double squares = 0.0;
};

Errors one_step_errors(std::span<const KnownFigure> known, double drift,
                       const NaiveMethod& method) {
  Errors errors;
  for (std::size_t i = 1; i < known.size(); ++i) {
    const double steps = periods_between(known[i - 1].period_end, known[i].period_end, method);
    assert(steps > 0.0);
    const double moved = transformed(method.transform, known[i].value) -
                         transformed(method.transform, known[i - 1].value);
    const double error = (moved - steps * drift) / std::sqrt(steps);
    errors.squares += error * error;
    ++errors.count;
  }
  return errors;
}

// Half the width of the band one period ahead, with `fitted` parameters taken from the same errors.
double half_width(const Errors& errors, int fitted, const NaiveMethod& method) {
  const double upper = 1.0 - 0.5 * method.alpha;
  const int freedom = errors.count - fitted;
  const double spread = freedom > 0 ? std::sqrt(errors.squares / freedom) : 0.0;
  if (errors.count < kEnoughErrors) {
    return boost::math::quantile(boost::math::normal_distribution<>{}, upper) *
           std::max(spread, method.floor);
  }
  return boost::math::quantile(boost::math::students_t_distribution<>{double(freedom)}, upper) *
         spread;
}

Forecast around(double median, double half, const Transform& transform) {
  return {untransformed(transform, median - half), untransformed(transform, median),
          untransformed(transform, median + half)};
}

}  // namespace

Forecast persistence_forecast(std::span<const KnownFigure> known, Date period_end,
                              const NaiveMethod& method) {
  assert(!known.empty());
  const double ahead = periods_between(known.back().period_end, period_end, method);
  assert(ahead > 0.0);
  const double half = half_width(one_step_errors(known, 0.0, method), 0, method);
  return around(transformed(method.transform, known.back().value), half * std::sqrt(ahead),
                method.transform);
}

Forecast trend_forecast(std::span<const KnownFigure> known, Date period_end,
                        const NaiveMethod& method) {
  assert(!known.empty());
  if (known.size() == 1) return persistence_forecast(known, period_end, method);
  const double ahead = periods_between(known.back().period_end, period_end, method);
  const double past = periods_between(known.front().period_end, known.back().period_end, method);
  assert(ahead > 0.0 && past > 0.0);
  const double last = transformed(method.transform, known.back().value);
  const double drift = (last - transformed(method.transform, known.front().value)) / past;
  const double half = half_width(one_step_errors(known, drift, method), 1, method);
  return around(last + ahead * drift, half * std::sqrt(ahead * (1.0 + ahead / past)),
                method.transform);
}

}  // namespace chokepoint
