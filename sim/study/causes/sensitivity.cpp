#include "sim/study/causes/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>
#include <utility>

#include "sim/indicators/headlines.hpp"
#include "sim/indicators/yearly.hpp"
#include "sim/scenario/text/path.hpp"
#include "sim/sweep/information_set.hpp"
#include "sim/sweep/replicas.hpp"

namespace chokepoint {

namespace {

constexpr double kAFifthLess = 0.8;

Figures figures_of(Composed&& composed, const InformationSet& information) {
  const World world = world_from(std::move(composed), information);
  return yearly_figures(world, ledger_of(world));
}

double mean_share(const std::vector<Movement>& all) {
  double sum = 0.0;
  for (const Movement& movement : all) sum += movement.share;
  return all.empty() ? 0.0 : sum / static_cast<double>(all.size());
}

/// What a replica says of its figure; nothing where the figure cannot be a fifth less.
pb::RunFigures moved_by(Composed&& composed, const std::string& path, const Figures& base) {
  const auto* figure = dynamic_cast<const pb::Sourced*>(find_message(composed.scenario, path));
  if (figure == nullptr) throw std::runtime_error(path + " names no figure");
  InformationSet information;
  information.instead[figure] = kAFifthLess * figure->value();
  Figures figures;
  try {
    figures = figures_of(std::move(composed), information);
  } catch (const std::runtime_error&) {
    return {};
  }
  const auto all = movements(base, figures);
  pb::RunFigures said;
  said.set_moves(mean_share(all));
  if (all.empty()) return said;
  pb::IndicatorMovement& most = *said.mutable_most();
  most.set_indicator(all.front().indicator);
  most.set_subject(all.front().subject);
  most.set_before(all.front().before);
  most.set_after(all.front().after);
  most.set_share(all.front().share);
  return said;
}

Sensitivity sensitivity_of(const std::string& path, const pb::RunFigures& said) {
  Sensitivity result{path, {}, {}};
  if (said.has_moves()) result.moves = said.moves();
  const pb::IndicatorMovement& most = said.most();
  result.most = {most.indicator(), most.subject(), most.before(), most.after(), most.share()};
  return result;
}

}  // namespace

std::vector<Movement> movements(const Figures& base, const Figures& other) {
  const auto years = years_of(base);
  std::map<std::pair<std::string, std::string>, Headline> shown;  // Those of any year, in all.
  for (const int year : years) {
    for (const Headline& headline : headlines(base, other, year)) {
      shown.emplace(std::make_pair(headline.indicator, headline.subject), headline);
    }
  }
  std::vector<Movement> all;
  for (auto& [name, headline] : shown) {
    Movement movement{headline.indicator, headline.subject};
    double differences = 0.0, greater = 0.0;
    for (const int year : years) {
      headline.year = year;
      const double before = value_of(headline, base), after = value_of(headline, other);
      movement.before += before;
      movement.after += after;
      differences += std::abs(after - before);
      greater += std::max(std::abs(before), std::abs(after));
    }
    movement.share = greater > 0.0 ? differences / greater : 0.0;
    all.push_back(movement);
  }
  std::ranges::stable_sort(all, std::greater{}, &Movement::share);
  return all;
}

std::vector<Sensitivity> sensitivities(const Composed& composed,
                                       const std::vector<std::string>& paths, int workers,
                                       const std::function<void(int done)>& told) {
  Composed spent = composed;
  const Figures base = yearly_in(run_apart([&] {
    pb::RunFigures found;
    add_yearly(figures_of(std::move(spent), {}), found);
    return found;
  }));
  const auto said = run_replicas(
      static_cast<int>(paths.size()), workers,
      [&](int i) { return moved_by(std::move(spent), paths[static_cast<std::size_t>(i)], base); },
      told);
  std::vector<Sensitivity> all;
  for (std::size_t i = 0; i < paths.size(); ++i) all.push_back(sensitivity_of(paths[i], said[i]));
  std::ranges::stable_sort(all, [](const Sensitivity& a, const Sensitivity& b) {
    return a.moves > b.moves;  // Nothing is less than anything.
  });
  return all;
}

}  // namespace chokepoint
