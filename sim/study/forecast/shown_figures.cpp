#include "sim/study/forecast/shown_figures.hpp"

#include <algorithm>
#include <span>

#include "models/calendar.hpp"

namespace chokepoint {

namespace {

std::vector<double> h100e_by_device(const World& world) {
  std::vector<double> h100e;
  for (const DeviceWorth& worth : world.worth) h100e.push_back(worth.h100e_peak);
  return h100e;
}

// Those that `figure` may count; `rows` come by month.
std::span<const LedgerRow> rows_of(std::span<const LedgerRow> rows, const ObservedSeries& series,
                                   const ObservedFigure& figure) {
  const bool is_level =
      series.counts.level || series.counts.measure == ObservationMeasure::CumulativeH100e;
  const Date from = first_of_month(is_level ? series.counts.since : figure.begin);
  const auto first = std::ranges::lower_bound(rows, from, {}, &LedgerRow::month);
  const auto last = std::ranges::lower_bound(first, rows.end(), figure.end, {}, &LedgerRow::month);
  return {first, last};
}

}  // namespace

ShownKey shown_key(const ObservedSeries& series, const ObservedFigure& figure) {
  return {series.counts.name, figure.name};
}

ShownFigures shown_figures(const World& world, const Ledger& ledger) {
  const auto h100e = h100e_by_device(world);
  ShownFigures figures;
  for (const ObservedSeries& series : world.observed) {
    for (const ObservedFigure& figure : series.figures) {
      const bool is_covered = figure.begin >= world.start && figure.end <= world.end;
      if (!is_covered) continue;
      figures[shown_key(series, figure)] = observe(
          series.counts, rows_of(ledger.rows(), series, figure), figure.begin, figure.end, h100e);
    }
  }
  return figures;
}

void add_shown(const ShownFigures& figures, pb::RunFigures& found) {
  for (const auto& [key, value] : figures) {
    pb::ShownFigure& figure = *found.add_shown();
    figure.set_series(key.series);
    figure.set_figure(key.figure);
    figure.set_value(value);
  }
}

ShownFigures shown_in(const pb::RunFigures& found) {
  ShownFigures figures;
  for (const pb::ShownFigure& figure : found.shown()) {
    figures[{figure.series(), figure.figure()}] = figure.value();
  }
  return figures;
}

int last_published_year(const pb::Scenario& scenario) {
  std::string last;
  for (const auto& series : scenario.observation_series()) {
    for (const auto& figure : series.observations()) last = std::max(last, figure.end());
  }
  const auto end = parse_date(last);
  return end ? year_of(*end) - 1 : 0;
}

}  // namespace chokepoint
