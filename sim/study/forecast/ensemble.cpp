#include "sim/study/forecast/ensemble.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "sim/indicators/yearly.hpp"
#include "sim/study/forecast/misfit.hpp"
#include "sim/study/forecast/replica.hpp"
#include "sim/sweep/replicas.hpp"

namespace chokepoint {

namespace {

constexpr std::string_view kPublished = "published/";  // No indicator's key begins like that.

/// What one draw says: its years, and what would have been published of it.
Figures figures_of_draw(Composed&& composed, int draw) {
  InformationSet information;
  information.draw = draw;
  const World world = world_from(std::move(composed), information);
  const Ledger ledger = ledger_of(world);
  Figures figures = yearly_figures(world, ledger);
  for (const auto& [name, value] : published_figures(world, ledger)) {
    figures[std::string(kPublished) + name] = value;
  }
  return figures;
}

/// Takes what would have been published out of a draw's figures.
Figures published_part(Figures& figures) {
  Figures published;
  for (auto at = figures.lower_bound(std::string(kPublished));
       at != figures.end() && at->first.starts_with(kPublished); at = figures.erase(at)) {
    published[at->first.substr(kPublished.size())] = at->second;
  }
  return published;
}

}  // namespace

Ensemble drawn_ensemble(Composed composed, const EnsembleMethod& method,
                        const std::function<void(int done)>& told) {
  const World known = world_from(Composed(composed), {});
  auto draws = run_replicas(
      method.draws, method.workers,
      [&](int i) { return figures_of_draw(std::move(composed), i + 1); }, told);
  std::vector<Figures> published;
  published.reserve(draws.size());
  for (Figures& draw : draws) published.push_back(published_part(draw));
  std::vector<std::size_t> kept(draws.size());
  for (std::size_t i = 0; i < kept.size(); ++i) kept[i] = i;
  if (!method.keep_all && !known.observed.empty()) {
    kept = kept_draws(known, published, known.as_of.value_or(known.end));
    std::sort(kept.begin(), kept.end());
  }
  Ensemble ensemble;
  ensemble.drawn = method.draws;
  ensemble.numbers.reserve(kept.size());
  ensemble.yearly.reserve(kept.size());
  for (const std::size_t i : kept) {
    ensemble.numbers.push_back(static_cast<int>(i) + 1);
    ensemble.yearly.push_back(std::move(draws[i]));
  }
  return ensemble;
}

}  // namespace chokepoint
