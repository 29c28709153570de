#include "sim/study/forecast/ensemble.hpp"

#include <algorithm>
#include <utility>

#include "sim/indicators/yearly.hpp"
#include "sim/study/forecast/shown_figures.hpp"
#include "sim/sweep/information_set.hpp"
#include "sim/sweep/replicas.hpp"

namespace chokepoint {

namespace {

/// What one draw says: its years, and what it shows for published figures.
pb::RunFigures found_by_draw(Composed&& composed, int draw) {
  InformationSet information;
  information.draw = draw;
  const World world = world_from(std::move(composed), information);
  const Ledger ledger = ledger_of(world);
  pb::RunFigures found;
  add_yearly(yearly_figures(world, ledger), found);
  add_shown(shown_figures(world, ledger), found);
  return found;
}

}  // namespace

Ensemble drawn_ensemble(Composed composed, const EnsembleMethod& method,
                        const std::function<void(int done)>& told) {
  const World known = world_from(Composed(composed), {});
  const auto draws = run_replicas(
      method.draws, method.workers,
      [&](int i) { return found_by_draw(std::move(composed), i + 1); }, told);
  std::vector<ShownFigures> shown;
  shown.reserve(draws.size());
  for (const pb::RunFigures& draw : draws) shown.push_back(shown_in(draw));
  std::vector<std::size_t> kept(draws.size());
  for (std::size_t i = 0; i < kept.size(); ++i) kept[i] = i;
  if (!method.keep_all && !known.observed.empty()) {
    kept = kept_draws(known, shown, known.as_of.value_or(known.end_day()));
    std::ranges::sort(kept);
  }
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
