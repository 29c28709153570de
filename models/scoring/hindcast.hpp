#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/calendar.hpp"
#include "models/scoring/naive.hpp"
#include "models/scoring/scores.hpp"

namespace chokepoint {

/// A figure that a source gives for a period. Several sources for one period are several points,
/// and each weighs 1 / k.
struct ObservedPoint {
  Date period_end;
  Date known_on;  ///< When it was public; a forecast made on or after that day is none.
  double value = 0.0;
  std::optional<Interval> range;  ///< The source's own 5 % and 95 % points.
  std::string source;
};

/// What the model said on `origin` of the period that ends on `period_end`.
struct ModelForecast {
  Date origin;
  Date period_end;
  Forecast forecast;
};

/// A series of figures with the model's forecasts of it.
struct HindcastSeries {
  std::string name;
  Transform transform;
  int months_per_period = 3;  ///< Annual and quarterly figures are two series.
  std::vector<ObservedPoint> points;
  std::vector<ModelForecast> forecasts;
};

/// How forecasts are judged.
struct HindcastMethod {
  double alpha = 0.1;  ///< All bands are the middle 1 - alpha.
  double floor = 0.3;  ///< As in NaiveMethod.
  /// The model's band is of the thing itself: it is widened by the range of the figure that it is
  /// held against, taken as one of the same alpha. Naive bands come from figures and have their
  /// errors in them.
  bool widen_by_range = true;
  double least_points = 3.0;  ///< Below that nobody wins a series.
  std::size_t worst = 10;
};

/// Who forecasts.
enum class Forecaster { Model, Persistence, Trend };

/// How one forecaster did on one series.
struct ForecasterScore {
  double interval_score = 0.0;         ///< Mean, on the scale of the series.
  std::optional<double> median_error;  ///< Median absolute percentage error, as a fraction.
  double coverage = 0.0;               ///< Share of figures in their bands.
  double mean_width = 0.0;             ///< Of the bands, on the scale of the series.
};

/// One row of the table. All three are scored on the same figures: those with a forecast of the
/// model and at least one figure of an earlier period that was public on its origin.
struct SeriesScore {
  std::size_t series = 0;  ///< Index in what was given.
  std::string name;
  double n = 0.0;  ///< Periods times origins: figures of one period and origin count 1 together.
  double without_history = 0.0;  ///< Not compared: nothing was public on the origin.
  ForecasterScore model, persistence, trend;
  std::optional<Forecaster> winner;  ///< Least score; unset with too few points or even.
};

/// One figure with the three forecasts of it.
struct HindcastPoint {
  std::size_t series = 0;
  Date origin;
  Date period_end;
  std::string source;
  double observed = 0.0;
  double weight = 1.0;
  Forecast model, persistence, trend;  ///< The model's as scored, widened.
  double model_score = 0.0;            ///< Interval score on the scale of the series.
  double persistence_score = 0.0, trend_score = 0.0;
};

/// How the forecasters did on figures that have something in common, whatever their series. Scores
/// are on scales of logarithms, so that series may be averaged.
struct GroupScore {
  std::string name;
  double n = 0.0;                             ///< As SeriesScore::n.
  ForecasterScore model, persistence, trend;  ///< `mean_width` is left at 0.
};

/// How good the forecasts were.
struct Hindcast {
  std::vector<SeriesScore> series;   ///< In the order given, those with forecasts.
  std::vector<HindcastPoint> worst;  ///< By the model's interval score, highest first.
  /// Of the series with enough points: by origin, in order, and by source, by name.
  std::vector<GroupScore> by_origin, by_source;
};

/// The figures of `series` that can be held against forecasts, each with the model's and the naive
/// ones; in the order of the forecasts, then of the points. Figures that were public on the origin
/// are history: of several sources for a period the mean on the scale.
std::vector<HindcastPoint> compared_points(const HindcastSeries& series,
                                           const HindcastMethod& method);

/// The score table of all series. Ties break by the order given.
Hindcast hindcast(const std::vector<HindcastSeries>& series, const HindcastMethod& method);

}  // namespace chokepoint
