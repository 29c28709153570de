#include "sim/study/forecast/shown_figures.hpp"

#include <cmath>
#include <numeric>

namespace chokepoint {

namespace {

constexpr double kKeptWithin = 1.5;
constexpr double kLeastKept = 1.0 / 3.0;

bool is_share(const ObservedSeries& series) {
  const auto measure = series.counts.measure;
  return measure == ObservationMeasure::UnitShare || measure == ObservationMeasure::ValueShare;
}

bool counts(FigureUse use, HeldAgainst held) {
  if (use == FigureUse::Calibrate) return true;
  return use == FigureUse::Validate && held == HeldAgainst::Published;
}

}  // namespace

Transform transform_of(const ObservedSeries& series) {
  if (is_share(series)) return {ScoreScale::LogRatio, series.counts.scale};
  return {ScoreScale::LogOnePlus, series.counts.scale};
}

bool is_known(const ObservedFigure& figure, Date origin) {
  return figure.end <= origin + std::chrono::days(1);
}

double misfit(const World& world, const ShownFigures& run, Date origin, HeldAgainst held) {
  double sum = 0.0;
  int counted = 0;
  for (const ObservedSeries& series : world.observed) {
    double error = 0.0;
    int points = 0;
    const Transform transform = transform_of(series);
    for (const ObservedFigure& figure : series.figures) {
      if (!counts(figure.use, held) || !is_known(figure, origin)) continue;
      const auto found = run.find(shown_key(series, figure));
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

std::vector<std::size_t> kept_draws(const World& world, const std::vector<ShownFigures>& draws,
                                    Date origin) {
  std::vector<double> misfits;
  misfits.reserve(draws.size());
  for (const ShownFigures& draw : draws) {
    misfits.push_back(misfit(world, draw, origin, HeldAgainst::Published));
  }
  std::vector<std::size_t> order(draws.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order,
                           [&](std::size_t a, std::size_t b) { return misfits[a] < misfits[b]; });
  const auto least =
      static_cast<std::size_t>(std::ceil(kLeastKept * static_cast<double>(order.size())));
  std::size_t kept = 0;
  while (kept < order.size() &&
         (kept < least || misfits[order[kept]] <= kKeptWithin * misfits[order.front()])) {
    ++kept;
  }
  order.resize(kept);
  return order;
}

}  // namespace chokepoint
