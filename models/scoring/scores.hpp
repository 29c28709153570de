#pragma once

#include <optional>
#include <span>
#include <vector>

namespace chokepoint {

/// The scale on which forecasts and figures are compared.
///
///   LogOnePlus   log(1 + x / unit)        sums and counts, where zero is real
///   LogRatio     log(x)                   shares and ratios, at least `unit`
///   Logit        log(x / (1 - x))         shares, between `unit` and 1 - `unit`
enum class ScoreScale { LogOnePlus, LogRatio, Logit };

/// A scale with its unit: below it differences count in full, above it as ratios. Of shares, the
/// least that a source tells from none.
struct Transform {
  ScoreScale scale = ScoreScale::LogOnePlus;
  double unit = 1.0;  ///< > 0; below one half for Logit.
};

/// `value` on the scale. Never falls in `value`. Requires: value >= 0 for LogOnePlus.
double transformed(const Transform& transform, double value);

/// The value that stands at `z` on the scale; at least 0 for LogOnePlus.
double untransformed(const Transform& transform, double z);

/// A figure that was said beforehand, with its central band; in the units of the figure.
struct Forecast {
  double low = 0.0;
  double median = 0.0;
  double high = 0.0;
};

/// The band that holds the middle 1 - `alpha` of what was thought possible.
struct Interval {
  double low = 0.0;
  double high = 0.0;
};

/// The value below which `share` of a sample lies, straight between its members. Requires: sorted,
/// not empty; share in [0, 1].
double quantile(std::span<const double> sorted, double share);

/// Interval score of a central band for what was observed; lower is better, and telling one's true
/// quantiles is best on average.
///
///   (high - low) + 2 / alpha * (distance by which `observed` lies outside)
///
/// Requires: low <= high; 0 < alpha < 1.
/// Source: Gneiting, Raftery, "Strictly proper scoring rules, prediction, and estimation",
/// JASA 102(477), 2007, eq. 43; Winkler, JASA 67(337), 1972.
double interval_score(Interval band, double observed, double alpha);

/// A forecast beside what came, in the units of the figure.
struct ScoredForecast {
  Forecast forecast;
  double observed = 0.0;
  double weight = 1.0;  ///< > 0; 1 / k for each of k sources of the same figure.
};

/// Weighted mean of the interval scores on the scale. 0 where there are no outcomes.
double mean_interval_score(std::span<const ScoredForecast> outcomes, const Transform& transform,
                           double alpha);

/// Weighted share of what was observed that lies in its band, ends included. 0 without outcomes.
double coverage(std::span<const ScoredForecast> outcomes);

/// Weighted mean width of the bands on the scale. 0 without outcomes.
double mean_width(std::span<const ScoredForecast> outcomes, const Transform& transform);

/// Weighted median of |median / observed - 1|; figures of 0 are left out, since no percentage tells
/// of them. Nothing where no other is left.
std::optional<double> median_percentage_error(std::span<const ScoredForecast> outcomes);

/// A value and what it weighs.
struct Weighted {
  double value = 0.0;
  double weight = 1.0;
};

/// The least value at and below which half of the weight lies; the mean of it and the next where
/// that is exactly half. Requires: values; weights > 0.
double weighted_median(std::vector<Weighted> values);

}  // namespace chokepoint
