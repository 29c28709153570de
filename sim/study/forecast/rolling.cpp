#include "sim/study/forecast/rolling.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "models/random.hpp"
#include "models/scoring/scores.hpp"
#include "sim/study/forecast/shown_figures.hpp"
#include "sim/sweep/replicas.hpp"

namespace chokepoint {

namespace {

constexpr double kFadingPerQuarter = 0.8;
constexpr double kBand = 0.05;            // Each tail.
constexpr double kLeastDeviation = 0.15;  // A quarter, on the scale: nobody forecasts better.
constexpr int kLeastSteps = 3;

int months_of(const ObservedFigure& figure) {
  const auto days = static_cast<double>((figure.end - figure.begin).count());
  return std::max(1, static_cast<int>(std::lround(days / 30.4)));
}

bool is_target(const ObservedFigure& figure, Date origin) {
  return !is_known(figure, origin) && figure.end <= add_months(origin, 12) + std::chrono::days(1);
}

bool is_scored(const ObservedFigure& figure) {
  return figure.use == FigureUse::Calibrate || figure.use == FigureUse::Validate;
}

/// Variance that `quarters` add up to, of steps of variance 1 that fade.
double accumulated(double quarters) {
  const double fading = kFadingPerQuarter * kFadingPerQuarter;
  return (1.0 - std::pow(fading, quarters)) / (1.0 - fading);
}

/// One information with its runs.
struct Origin {
  Date date;
  std::vector<ShownFigures> draws;
  std::vector<std::size_t> kept;  ///< Indices of draws.
};

/// What the model misses of a series on its scale, and how fast that moves.
struct Discrepancy {
  const ObservedFigure* last = nullptr;  ///< The latest figure that was known.
  double per_quarter = kLeastDeviation;  ///< Standard deviation of what a quarter adds.
};

double quarters_between(Date from, Date to) {
  return static_cast<double>((to - from).count()) / 91.3;
}

double median_of_draws(const ObservedSeries& series, const ObservedFigure& figure,
                       const Origin& origin) {
  std::vector<double> z;
  z.reserve(origin.kept.size());
  for (const std::size_t i : origin.kept) {
    z.push_back(transformed(transform_of(series), origin.draws[i].at(shown_key(series, figure))));
  }
  std::ranges::sort(z);
  return quantile(z, 0.5);
}

/// The innovations of what was missed, as a process that fades by kFadingPerQuarter, from the
/// figures of one length that were known at the origin.
Discrepancy discrepancy_of(const ObservedSeries& series, int months, const Origin& origin) {
  std::vector<const ObservedFigure*> known;
  for (const ObservedFigure& figure : series.figures) {
    const bool was_run = origin.draws.front().count(shown_key(series, figure)) > 0;
    if (was_run && months_of(figure) == months && is_known(figure, origin.date)) {
      known.push_back(&figure);
    }
  }
  std::ranges::stable_sort(known, [](const auto* a, const auto* b) { return a->end < b->end; });
  Discrepancy result;
  if (known.empty()) return result;
  result.last = known.back();
  double sum = 0.0;
  int steps = 0;
  std::optional<double> before;
  for (std::size_t i = 0; i < known.size(); ++i) {
    const double missed = transformed(transform_of(series), known[i]->value.value) -
                          median_of_draws(series, *known[i], origin);
    const double h = i == 0 ? 0.0 : quarters_between(known[i - 1]->end, known[i]->end);
    if (before && h > 0.0) {
      const double step = missed - std::pow(kFadingPerQuarter, h) * *before;
      sum += step * step / accumulated(h);
      ++steps;
    }
    before = missed;
  }
  if (steps >= kLeastSteps) result.per_quarter = std::max(kLeastDeviation, std::sqrt(sum / steps));
  return result;
}

/// The draws that were kept, moved by what was missed at the origin, and widened by how far that
/// moves until the period ends.
Forecast forecast_of(const ObservedSeries& series, const ObservedFigure& figure,
                     const Origin& origin, const Discrepancy& missed) {
  const Transform transform = transform_of(series);
  const double ahead =
      quarters_between(missed.last == nullptr ? origin.date : missed.last->end, figure.end);
  std::vector<double> z;
  z.reserve(origin.kept.size());
  for (const std::size_t i : origin.kept) {
    const ShownFigures& draw = origin.draws[i];
    double value = transformed(transform, draw.at(shown_key(series, figure)));
    if (missed.last != nullptr) {
      const double then = transformed(transform, draw.at(shown_key(series, *missed.last)));
      value += std::pow(kFadingPerQuarter, ahead) *
               (transformed(transform, missed.last->value.value) - then);
    }
    z.push_back(value);
  }
  std::ranges::sort(z);
  const double median = quantile(z, 0.5);
  const double moved = kNormal95 * missed.per_quarter * std::sqrt(accumulated(ahead));
  const double below = std::hypot(median - quantile(z, kBand), moved);
  const double above = std::hypot(quantile(z, 1.0 - kBand) - median, moved);
  return {untransformed(transform, median - below), untransformed(transform, median),
          untransformed(transform, median + above)};
}

/// The figures of a series that are of one length, as a series to score.
HindcastSeries without_forecasts(const World& world, const ObservedSeries& series, int months) {
  HindcastSeries result;
  result.name = series.counts.name + (months >= 12 ? " (years)" : months >= 6 ? " (halves)" : "");
  result.transform = transform_of(series);
  result.months_per_period = months;
  for (const ObservedFigure& figure : series.figures) {
    if (months_of(figure) != months || !is_scored(figure)) continue;
    ObservedPoint point;
    point.period_end = figure.end;
    point.known_on = figure.end;
    point.value = figure.value.value;
    if (figure.value.input) {
      const Input& input = world.inputs[figure.value.input->value];
      point.source = world.sources[input.source.value];
      if (input.low) point.range = Interval{*input.low, *input.high};
    }
    result.points.push_back(std::move(point));
  }
  return result;
}

/// Forecasts of the figures of one length, once for each period.
void add_forecasts(const ObservedSeries& series, int months, const Origin& origin,
                   HindcastSeries& scored) {
  const Discrepancy missed = discrepancy_of(series, months, origin);
  std::set<Date> done;
  for (const ObservedFigure& figure : series.figures) {
    if (months_of(figure) != months || !is_scored(figure) || !is_target(figure, origin.date))
      continue;
    const bool was_run = origin.draws.front().count(shown_key(series, figure)) > 0;
    if (!was_run || !done.insert(figure.end).second) continue;
    scored.forecasts.push_back(
        {origin.date, figure.end, forecast_of(series, figure, origin, missed)});
  }
}

}  // namespace

std::vector<HindcastSeries> rolling_forecasts(Composed composed, const RollingMethod& method,
                                              const std::function<void(int, int)>& told) {
  const World known = world_from(Composed(composed), {});
  const int runs = method.draws * static_cast<int>(method.origins.size());
  const auto information = [&](int i) {
    const Date origin = method.origins[static_cast<std::size_t>(i / method.draws)];
    InformationSet from;
    from.as_of = origin;
    from.until = add_months(origin, kForecastMonths);
    from.draw = i % method.draws;
    from.policy_as_it_came = method.policy_as_it_came;
    return from;
  };
  const auto results = run_replicas(  // Each in a process of its own, with its own `composed`.
      runs, method.workers,
      [&](int i) {
        const World world = world_from(std::move(composed), information(i));
        pb::RunFigures found;
        add_shown(shown_figures(world, ledger_of(world)), found);
        return found;
      },
      [&](int done) { told(done, runs); });

  std::vector<Origin> origins;
  for (std::size_t o = 0; o < method.origins.size(); ++o) {
    const auto first = results.begin() + static_cast<std::ptrdiff_t>(o) * method.draws;
    Origin origin{method.origins[o], {}, {}};
    std::transform(first, first + method.draws, std::back_inserter(origin.draws), shown_in);
    origin.kept = kept_draws(known, origin.draws, origin.date);
    origins.push_back(std::move(origin));
  }
  std::vector<HindcastSeries> all;
  for (const ObservedSeries& series : known.observed) {
    std::set<int> lengths;
    for (const ObservedFigure& figure : series.figures) lengths.insert(months_of(figure));
    for (const int months : lengths) {
      HindcastSeries scored = without_forecasts(known, series, months);
      for (const Origin& origin : origins) add_forecasts(series, months, origin, scored);
      all.push_back(std::move(scored));
    }
  }
  return all;
}

}  // namespace chokepoint
