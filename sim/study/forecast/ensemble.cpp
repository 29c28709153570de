#include "sim/study/forecast/ensemble.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "models/scoring/scores.hpp"
#include "sim/indicators/yearly.hpp"
#include "sim/sweep/information_set.hpp"
#include "sim/sweep/replicas.hpp"

namespace chokepoint {

pb::RunFigures figures_of_draw(Composed&& composed, int draw) {
  InformationSet information;
  information.draw = draw;
  const World world = world_from(std::move(composed), information);
  const Ledger ledger = ledger_of(world);
  pb::RunFigures found;
  add_yearly(yearly_figures(world, ledger), found);
  add_shown(shown_figures(world, ledger), found);
  return found;
}

namespace {

constexpr double kTailOfBand = 0.05;

/// Median and width of the middle 90 % of every figure that differs among draws.
struct Middle {
  double median = 0.0, width = 0.0;
};

std::map<YearlyKey, Middle> middles_of(const Ensemble& ensemble) {
  std::map<YearlyKey, std::vector<double>> values;
  for (const Figures& draw : ensemble.yearly) {
    for (const auto& [key, value] : draw) values[key].push_back(value);
  }
  std::map<YearlyKey, Middle> middles;
  for (auto& [key, all] : values) {
    all.resize(ensemble.yearly.size());  // 0 where a draw has nothing of it.
    std::ranges::sort(all);
    const double width = quantile(all, 1.0 - kTailOfBand) - quantile(all, kTailOfBand);
    if (width > 0.0) middles[key] = {quantile(all, 0.5), width};
  }
  return middles;
}

double distance_to(const std::map<YearlyKey, Middle>& middles, const Figures& run) {
  double sum = 0.0;
  for (const auto& [key, middle] : middles) {
    sum += std::min(1.0, std::abs(value_or_none(run, key) - middle.median) / middle.width);
  }
  return middles.empty() ? 0.0 : sum / static_cast<double>(middles.size());
}

}  // namespace

double distance_to_middle(const Figures& run, const Ensemble& ensemble) {
  return distance_to(middles_of(ensemble), run);
}

int nearest_draw(const Ensemble& ensemble) {
  const auto middles = middles_of(ensemble);
  std::vector<double> distances;
  distances.reserve(ensemble.yearly.size());
  for (const Figures& draw : ensemble.yearly) distances.push_back(distance_to(middles, draw));
  const auto nearest = std::ranges::min_element(distances) - distances.begin();
  return ensemble.numbers[static_cast<std::size_t>(nearest)];
}

std::vector<std::size_t> draws_for_bands(const World& known, const std::vector<ShownFigures>& draws,
                                         bool keep_all) {
  if (!keep_all && !known.observed.empty()) {
    auto kept = kept_draws(known, draws, known.as_of.value_or(known.end_day()));
    std::ranges::sort(kept);
    return kept;
  }
  std::vector<std::size_t> all(draws.size());
  std::iota(all.begin(), all.end(), 0);
  return all;
}

Ensemble drawn_ensemble(Composed composed, const EnsembleMethod& method,
                        const std::function<void(int done)>& told) {
  const World known = world_from(Composed(composed), {});
  const auto draws = run_replicas(
      method.draws, method.workers,
      [&](int i) { return figures_of_draw(std::move(composed), i + 1); }, told);
  std::vector<ShownFigures> shown;
  shown.reserve(draws.size());
  for (const pb::RunFigures& draw : draws) shown.push_back(shown_in(draw));
  const auto kept = draws_for_bands(known, shown, method.keep_all);
  Ensemble ensemble;
  ensemble.drawn = method.draws;
  ensemble.numbers.reserve(kept.size());
  ensemble.yearly.reserve(kept.size());
  for (const std::size_t i : kept) {
    ensemble.numbers.push_back(static_cast<int>(i) + 1);
    ensemble.yearly.push_back(yearly_in(draws[i]));
  }
  return ensemble;
}

}  // namespace chokepoint
