#include "tools/history/misfit.hpp"

#include <cmath>

#include "tools/history/replica.hpp"

namespace chokepoint {

namespace {

bool is_share(const ObservedSeries& series) {
  const auto measure = series.counts.measure;
  return measure == ObservationMeasure::UnitShare || measure == ObservationMeasure::ValueShare;
}

}  // namespace

Transform transform_of(const ObservedSeries& series) {
  if (is_share(series)) return {ScoreScale::LogRatio, series.counts.scale};
  return {ScoreScale::LogOnePlus, series.counts.scale};
}

bool is_known(const ObservedFigure& figure, Date origin) {
  return figure.end <= origin + std::chrono::days(1);
}

double misfit(const World& world, const Figures& run, Date origin) {
  double sum = 0.0;
  int counted = 0;
  for (const ObservedSeries& series : world.observed) {
    double error = 0.0;
    int points = 0;
    const Transform transform = transform_of(series);
    for (const ObservedFigure& figure : series.figures) {
      if (figure.use != FigureUse::Calibrate || !is_known(figure, origin)) continue;
      const auto found = run.find(figure_key(series, figure));
      if (found == run.end()) continue;
      error += std::abs(transformed(transform, found->second) -
                        transformed(transform, figure.value.value));
      ++points;
    }
    if (points == 0) continue;
    sum += (error / points) * (error / points);
    ++counted;
  }
  return counted == 0 ? 0.0 : std::sqrt(sum / counted);
}

}  // namespace chokepoint
