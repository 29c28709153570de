#include "models/workload/arrivals.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace chokepoint {
namespace {

constexpr int kStepsPerDay = 96;

double mean_of_weibull(double shape) {
  return std::exp(std::lgamma(1 + 1 / shape));
}

double variation_of_weibull(double shape) {
  return std::sqrt(std::expm1(std::lgamma(1 + 2 / shape) - 2 * std::lgamma(1 + 1 / shape)));
}

/// Falls as the shape grows: found by halving.
double weibull_shape_of(double wanted) {
  double low = 0.05, high = 200;
  for (int i = 0; i < 60; ++i) {
    const double middle = std::sqrt(low * high);
    (variation_of_weibull(middle) > wanted ? low : high) = middle;
  }
  return std::sqrt(low * high);
}

/// Time since the period of `time` began.
Seconds phase_of(const RateCurve& curve, Seconds time) {
  if (curve.period.value <= 0) return time;
  return Seconds{std::fmod(time.value, curve.period.value)};
}

std::size_t index_at(const RateCurve& curve, Seconds phase) {
  const auto after =
      std::upper_bound(curve.steps.begin() + 1, curve.steps.end(), phase,
                       [](Seconds at, const RateStep& step) { return at < step.from; });
  return static_cast<std::size_t>(after - curve.steps.begin()) - 1;
}

/// Where step `i` ends, as time since its period began.
Seconds end_of(const RateCurve& curve, std::size_t i) {
  if (i + 1 < curve.steps.size()) return curve.steps[i + 1].from;
  return curve.period.value > 0 ? curve.period : Seconds{std::numeric_limits<double>::infinity()};
}

double requests_per_period(const RateCurve& curve) {
  double sum = 0;
  for (std::size_t i = 0; i < curve.steps.size() && curve.period.value > 0; ++i) {
    sum += curve.steps[i].per_second * (end_of(curve, i) - curve.steps[i].from).value;
  }
  return sum;
}

}  // namespace

double draw_gap(const Gaps& gaps, RandomStream& random) {
  switch (gaps.kind) {
    case Gaps::Kind::Even:
      return 1;
    case Gaps::Kind::Exponential:
      return random.exponential();
    case Gaps::Kind::Gamma:
      return random.gamma(gaps.shape) / gaps.shape;
    case Gaps::Kind::Weibull:
      return random.weibull(gaps.shape) / mean_of_weibull(gaps.shape);
  }
  return 1;
}

double variation(const Gaps& gaps) {
  switch (gaps.kind) {
    case Gaps::Kind::Even:
      return 0;
    case Gaps::Kind::Exponential:
      return 1;
    case Gaps::Kind::Gamma:
      return 1 / std::sqrt(gaps.shape);
    case Gaps::Kind::Weibull:
      return variation_of_weibull(gaps.shape);
  }
  return 1;
}

Gaps gaps_of_variation(Gaps::Kind kind, double variation) {
  if (kind == Gaps::Kind::Gamma) return {kind, 1 / (variation * variation)};
  if (kind == Gaps::Kind::Weibull) return {kind, weibull_shape_of(variation)};
  return {kind};
}

RateCurve constant_rate(double per_second, Gaps gaps) {
  return {{{Seconds{0}, per_second, gaps}}};
}

RateCurve diurnal_rate(double mean, double swing, Seconds peak, Gaps gaps) {
  RateCurve curve{{}, 1_days};
  const Seconds width = curve.period / kStepsPerDay;
  for (int i = 0; i < kStepsPerDay; ++i) {
    const double turn = ((i + 0.5) * width - peak) / curve.period;
    const double rate = mean * (1 + swing * std::cos(2 * std::numbers::pi * turn));
    curve.steps.push_back({i * width, rate, gaps});
  }
  return curve;
}

const RateStep& step_at(const RateCurve& curve, Seconds time) {
  return curve.steps[index_at(curve, phase_of(curve, time))];
}

Arrivals::Arrivals(RateCurve curve, const RandomStream& random)
    : curve_(std::move(curve)), random_(random), per_period_(requests_per_period(curve_)) {
  assert(!curve_.steps.empty() && curve_.steps[0].from == Seconds{0});
}

std::optional<Seconds> Arrivals::next() {
  const bool repeats = curve_.period.value > 0;
  if (repeats && per_period_ <= 0) return std::nullopt;
  double left = draw_gap(step_at(curve_, now_).gaps, random_);
  if (repeats && left > per_period_) {
    const double whole = std::floor(left / per_period_);
    now_ += whole * curve_.period;
    left -= whole * per_period_;
  }
  Seconds phase = phase_of(curve_, now_);
  Seconds begin = now_ - phase;
  for (std::size_t i = index_at(curve_, phase);; ++i) {
    if (i == curve_.steps.size()) {
      if (!repeats) return std::nullopt;
      begin += curve_.period;
      phase = Seconds{0};
      i = 0;
    }
    const double rate = curve_.steps[i].per_second;
    const Seconds end = end_of(curve_, i);
    const double until_end = rate > 0 ? rate * (end - phase).value : 0;
    if (rate > 0 && left <= until_end) {
      now_ = begin + phase + Seconds{left / rate};
      return now_;
    }
    left -= until_end;
    phase = end;
  }
}

}  // namespace chokepoint
