#include "models/scoring/scores.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {
namespace {

double on_scale(const Forecast& forecast, double observed, const Transform& transform,
                double alpha) {
  return interval_score(
      {transformed(transform, forecast.low), transformed(transform, forecast.high)},
      transformed(transform, observed), alpha);
}

// Weighted mean of `measure` over the outcomes.
template <class Of>
double mean(std::span<const ScoredForecast> outcomes, Of measure) {
  double sum = 0.0, weight = 0.0;
  for (const ScoredForecast& outcome : outcomes) {
    sum += outcome.weight * measure(outcome);
    weight += outcome.weight;
  }
  return weight > 0.0 ? sum / weight : 0.0;
}

}  // namespace

double transformed(const Transform& transform, double value) {
  assert(transform.unit > 0.0);
  switch (transform.scale) {
    case ScoreScale::LogOnePlus:
      assert(value >= 0.0);
      return std::log1p(value / transform.unit);
    case ScoreScale::LogRatio:
      return std::log(std::max(value, transform.unit));
    case ScoreScale::Logit: {
      assert(transform.unit < 0.5);
      const double share = std::clamp(value, transform.unit, 1.0 - transform.unit);
      return std::log(share / (1.0 - share));
    }
  }
  return 0.0;
}

double untransformed(const Transform& transform, double z) {
  switch (transform.scale) {
    case ScoreScale::LogOnePlus:
      return std::max(0.0, transform.unit * std::expm1(z));
    case ScoreScale::LogRatio:
      return std::exp(z);
    case ScoreScale::Logit:
      return 1.0 / (1.0 + std::exp(-z));
  }
  return 0.0;
}

double quantile(std::span<const double> sorted, double share) {
  assert(!sorted.empty() && 0.0 <= share && share <= 1.0);
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(at));
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], at - std::floor(at));
}

double interval_score(Interval band, double observed, double alpha) {
  assert(band.low <= band.high && alpha > 0.0 && alpha < 1.0);
  const double outside = std::max({0.0, band.low - observed, observed - band.high});
  return (band.high - band.low) + 2.0 / alpha * outside;
}

double mean_interval_score(std::span<const ScoredForecast> outcomes, const Transform& transform,
                           double alpha) {
  return mean(outcomes, [&](const ScoredForecast& outcome) {
    return on_scale(outcome.forecast, outcome.observed, transform, alpha);
  });
}

double coverage(std::span<const ScoredForecast> outcomes) {
  return mean(outcomes, [](const ScoredForecast& outcome) {
    const bool inside =
        outcome.forecast.low <= outcome.observed && outcome.observed <= outcome.forecast.high;
    return inside ? 1.0 : 0.0;
  });
}

double mean_width(std::span<const ScoredForecast> outcomes, const Transform& transform) {
  return mean(outcomes, [&](const ScoredForecast& outcome) {
    return transformed(transform, outcome.forecast.high) -
           transformed(transform, outcome.forecast.low);
  });
}

std::optional<double> median_percentage_error(std::span<const ScoredForecast> outcomes) {
  std::vector<Weighted> errors;
  for (const ScoredForecast& outcome : outcomes) {
    if (outcome.observed == 0.0) continue;
    errors.push_back({std::abs(outcome.forecast.median / outcome.observed - 1.0), outcome.weight});
  }
  if (errors.empty()) return std::nullopt;
  return weighted_median(std::move(errors));
}

double weighted_median(std::vector<Weighted> values) {
  assert(!values.empty());
  std::ranges::sort(values, {}, &Weighted::value);
  double total = 0.0;
  for (const Weighted& entry : values) total += entry.weight;
  // Weights of 1 / k add up to a half only up to rounding.
  const double half = 0.5 * total, slack = 1e-12 * total;
  double so_far = 0.0;
  for (std::size_t i = 0; i + 1 < values.size(); ++i) {
    so_far += values[i].weight;
    if (std::abs(so_far - half) <= slack) return 0.5 * (values[i].value + values[i + 1].value);
    if (so_far > half) return values[i].value;
  }
  return values.back().value;
}

}  // namespace chokepoint
