#include "models/scoring/hindcast.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <utility>

namespace chokepoint {
namespace {

// What was public of earlier periods when the forecast was made: one figure per period, in order.
std::vector<KnownFigure> history(const HindcastSeries& series, const ModelForecast& forecast) {
  std::map<Date, std::pair<double, double>> sums;  // On the scale: sum and count.
  for (const ObservedPoint& point : series.points) {
    if (point.known_on > forecast.origin || point.period_end >= forecast.period_end) continue;
    auto& [sum, count] = sums[point.period_end];
    sum += transformed(series.transform, point.value);
    count += 1.0;
  }
  std::vector<KnownFigure> known;
  known.reserve(sums.size());
  for (const auto& [period_end, entry] : sums) {
    known.push_back({period_end, untransformed(series.transform, entry.first / entry.second)});
  }
  return known;
}

// Sources of one period that were not yet public on `origin`.
std::vector<const ObservedPoint*> outcomes_of(const HindcastSeries& series,
                                              const ModelForecast& forecast) {
  std::vector<const ObservedPoint*> found;
  for (const ObservedPoint& point : series.points) {
    if (point.period_end == forecast.period_end && point.known_on > forecast.origin) {
      found.push_back(&point);
    }
  }
  return found;
}

// The forecast of a figure that errs by `range`, from the forecast of the thing itself: both
// errors are independent, so that their distances on the scale add up in squares.
Forecast widened(const Forecast& forecast, const ObservedPoint& point, const Transform& transform) {
  if (!point.range) return forecast;
  const auto at = [&](double value) { return transformed(transform, value); };
  const double down = std::hypot(at(forecast.median) - at(forecast.low),
                                 std::max(0.0, at(point.value) - at(point.range->low)));
  const double up = std::hypot(at(forecast.high) - at(forecast.median),
                               std::max(0.0, at(point.range->high) - at(point.value)));
  return {untransformed(transform, at(forecast.median) - down), forecast.median,
          untransformed(transform, at(forecast.median) + up)};
}

NaiveMethod naive_method(const HindcastSeries& series, const HindcastMethod& method) {
  return {series.transform, series.months_per_period, method.alpha, method.floor};
}

std::vector<ScoredForecast> scored(const std::vector<HindcastPoint>& points,
                                   Forecast HindcastPoint::*of) {
  std::vector<ScoredForecast> outcomes;
  outcomes.reserve(points.size());
  for (const HindcastPoint& point : points) {
    outcomes.push_back({point.*of, point.observed, point.weight});
  }
  return outcomes;
}

ForecasterScore score(const std::vector<HindcastPoint>& points, Forecast HindcastPoint::*of,
                      const Transform& transform, double alpha) {
  const auto outcomes = scored(points, of);
  return {mean_interval_score(outcomes, transform, alpha), median_percentage_error(outcomes),
          coverage(outcomes), mean_width(outcomes, transform)};
}

bool has_enough(const SeriesScore& row, double least_points) {
  return row.n >= least_points * (1.0 - 1e-12);  // Sums of 1 / k.
}

std::optional<Forecaster> winner(const SeriesScore& row, double least_points) {
  if (!has_enough(row, least_points)) return std::nullopt;
  // Both naive methods are one where a single figure was known; the simpler one gives its name.
  const bool trend = row.trend.interval_score < row.persistence.interval_score;
  const double naive = trend ? row.trend.interval_score : row.persistence.interval_score;
  if (row.model.interval_score == naive) return std::nullopt;
  if (row.model.interval_score < naive) return Forecaster::Model;
  return trend ? Forecaster::Trend : Forecaster::Persistence;
}

SeriesScore row_of(const HindcastSeries& series, const std::vector<HindcastPoint>& points,
                   const HindcastMethod& method) {
  SeriesScore row;
  row.name = series.name;
  for (const HindcastPoint& point : points) row.n += point.weight;
  for (const ModelForecast& forecast : series.forecasts) {
    if (!outcomes_of(series, forecast).empty() && history(series, forecast).empty()) {
      row.without_history += 1.0;
    }
  }
  const auto of = [&](Forecast HindcastPoint::*forecast) {
    return score(points, forecast, series.transform, method.alpha);
  };
  row.model = of(&HindcastPoint::model);
  row.persistence = of(&HindcastPoint::persistence);
  row.trend = of(&HindcastPoint::trend);
  row.winner = winner(row, method.least_points);
  return row;
}

ForecasterScore score_of_group(const std::vector<HindcastPoint>& points,
                               Forecast HindcastPoint::*of, double HindcastPoint::*score) {
  double sum = 0.0, weights = 0.0;
  for (const HindcastPoint& point : points) {
    sum += point.weight * (point.*score);
    weights += point.weight;
  }
  const auto outcomes = scored(points, of);
  return {sum / weights, median_percentage_error(outcomes), coverage(outcomes), 0.0};
}

// The points in groups that bear the same name.
template <class NameOf>
std::vector<GroupScore> groups_by(const std::vector<HindcastPoint>& points, const NameOf& name_of) {
  std::map<std::string, std::vector<HindcastPoint>> members;
  for (const HindcastPoint& point : points) members[name_of(point)].push_back(point);
  std::vector<GroupScore> groups;
  groups.reserve(members.size());
  for (const auto& [name, of] : members) {
    GroupScore group;
    group.name = name;
    for (const HindcastPoint& point : of) group.n += point.weight;
    group.model = score_of_group(of, &HindcastPoint::model, &HindcastPoint::model_score);
    group.persistence =
        score_of_group(of, &HindcastPoint::persistence, &HindcastPoint::persistence_score);
    group.trend = score_of_group(of, &HindcastPoint::trend, &HindcastPoint::trend_score);
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace

std::vector<HindcastPoint> compared_points(const HindcastSeries& series,
                                           const HindcastMethod& method) {
  std::vector<HindcastPoint> points;
  const NaiveMethod naive = naive_method(series, method);
  for (const ModelForecast& forecast : series.forecasts) {
    const auto outcomes = outcomes_of(series, forecast);
    const auto known = history(series, forecast);
    if (outcomes.empty() || known.empty()) continue;
    HindcastPoint point;
    point.origin = forecast.origin;
    point.period_end = forecast.period_end;
    point.weight = 1.0 / static_cast<double>(outcomes.size());
    point.persistence = persistence_forecast(known, forecast.period_end, naive);
    point.trend = trend_forecast(known, forecast.period_end, naive);
    for (const ObservedPoint* outcome : outcomes) {
      point.source = outcome->source;
      point.observed = outcome->value;
      point.model = method.widen_by_range ? widened(forecast.forecast, *outcome, series.transform)
                                          : forecast.forecast;
      const auto score_of = [&](const Forecast& made) {
        const auto at = [&](double value) { return transformed(series.transform, value); };
        return interval_score({at(made.low), at(made.high)}, at(point.observed), method.alpha);
      };
      point.model_score = score_of(point.model);
      point.persistence_score = score_of(point.persistence);
      point.trend_score = score_of(point.trend);
      points.push_back(point);
    }
  }
  return points;
}

Hindcast hindcast(const std::vector<HindcastSeries>& series, const HindcastMethod& method) {
  Hindcast result;
  std::vector<HindcastPoint> of_long_series;
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (series[i].forecasts.empty()) continue;
    auto points = compared_points(series[i], method);
    result.series.push_back(row_of(series[i], points, method));
    result.series.back().series = i;
    const bool is_long = has_enough(result.series.back(), method.least_points);
    for (HindcastPoint& point : points) {
      point.series = i;
      if (is_long) of_long_series.push_back(point);
      result.worst.push_back(std::move(point));
    }
  }
  result.by_origin =
      groups_by(of_long_series, [](const auto& point) { return format_date(point.origin); });
  result.by_source = groups_by(of_long_series, [](const auto& point) { return point.source; });
  std::ranges::stable_sort(result.worst, std::greater{}, &HindcastPoint::model_score);
  if (result.worst.size() > method.worst) result.worst.resize(method.worst);
  return result;
}

}  // namespace chokepoint
