#include "tools/history/fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "models/random.hpp"
#include "sim/scenario/path.hpp"
#include "sim/sweep/draw.hpp"
#include "tools/history/misfit.hpp"

namespace chokepoint {

namespace {

constexpr double kFirstStep = 0.6;
constexpr double kLonger = 1.5, kShorter = 0.87;

/// The figure at a path such as "maturities[cann].speed_start".
const pb::Sourced& figure_at(const pb::Scenario& scenario, const std::string& path) {
  const auto* figure = dynamic_cast<const pb::Sourced*>(find_message(scenario, path));
  if (figure == nullptr || !figure->has_low()) {
    throw std::runtime_error(path + " names no figure with a range");
  }
  return *figure;
}

std::vector<double> values_of(const Composed& composed, const FitMethod& method,
                              const std::vector<double>& z) {
  std::vector<double> values;
  for (std::size_t i = 0; i < z.size(); ++i) {
    values.push_back(value_at(figure_at(composed.scenario, method.paths[i]), z[i]));
  }
  return values;
}

double objective_of(double misfit, const std::vector<double>& z, double trust) {
  double away = 0.0;
  for (const double at : z) away += at * at;
  return misfit * misfit + trust * away;
}

/// Runs candidates and judges them.
std::vector<Fit> judged(const Composed& composed, const FitMethod& method,
                        const std::vector<std::vector<double>>& candidates) {
  Composed spent = composed;
  const auto runs = run_replicas(
      static_cast<int>(candidates.size()), method.workers,
      [&](int i) {
        const auto& z = candidates[static_cast<std::size_t>(i)];
        const auto values = values_of(composed, method, z);
        Standpoint standpoint;
        for (std::size_t k = 0; k < z.size(); ++k) {
          standpoint.instead[&figure_at(spent.scenario, method.paths[k])] = values[k];
        }
        standpoint.as_of = method.origin;
        standpoint.until = add_months(method.origin, 2);
        const World world = world_from(std::move(spent), standpoint);
        const Figures figures = published_figures(world, ledger_of(world));
        return Figures{{"misfit", misfit(world, figures, method.origin)}};
      },
      [](int) {});
  std::vector<Fit> fits;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const double misfit = runs[i].at("misfit");
    fits.push_back({candidates[i], values_of(composed, method, candidates[i]), misfit,
                    objective_of(misfit, candidates[i], method.trust)});
  }
  return fits;
}

/// Messages around a figure, as text before and behind it.
struct Block {
  std::string open, indent, close;
};

Block block_of(const std::vector<PathSegment>& segments) {
  Block block;
  for (const PathSegment& segment : segments) {
    block.open += block.indent + segment.field + " {\n";
    block.close.insert(0, block.indent + "}\n");
    block.indent += "  ";
    if (segment.key) block.open += block.indent + "name: \"" + *segment.key + "\"\n";
  }
  return block;
}

}  // namespace

Fit fit(const Composed& composed, const FitMethod& method,
        const std::function<void(int, const Fit&)>& told) {
  RandomStream random(seed_of(composed.scenario), "fit");
  const std::vector<double> prior(method.paths.size(), 0.0);
  Fit best = judged(composed, method, {prior}).front();
  told(0, best);
  double step = kFirstStep;
  for (int generation = 1; generation <= method.generations; ++generation) {
    std::vector<std::vector<double>> candidates;
    for (int i = 0; i < method.candidates; ++i) {
      std::vector<double> z = best.z;
      for (double& at : z) at = std::clamp(at + step * random.normal(), -kNormal95, kNormal95);
      candidates.push_back(std::move(z));
    }
    const auto fits = judged(composed, method, candidates);
    const auto better = std::count_if(fits.begin(), fits.end(), [&](const Fit& candidate) {
      return candidate.objective < best.objective;
    });
    for (const Fit& candidate : fits) {
      if (candidate.objective < best.objective) best = candidate;
    }
    step *= 5 * better >= method.candidates ? kLonger : kShorter;
    told(generation, best);
  }
  return best;
}

std::string fitted_text(const Composed& composed, const FitMethod& method, const Fit& fit) {
  std::string text, opened, closing;
  for (std::size_t i = 0; i < method.paths.size(); ++i) {
    const pb::Sourced& prior = figure_at(composed.scenario, method.paths[i]);
    auto segments = parse_path(method.paths[i]).value();
    const std::string field = segments.back().field;
    segments.pop_back();
    const Block around = block_of(segments);
    if (around.open != opened) text += closing + around.open;
    opened = around.open;
    closing = around.close;
    text += fmt::format(
        "{0}{1} {{\n"
        "{0}  value: {2:.4g} low: {3:.4g} high: {4:.4g} source: \"fitted\" confidence: ESTIMATED\n"
        "{0}  note: \"{5:+.2f} standard deviations from the prior, {6:.4g}\"\n"
        "{0}}}\n",
        around.indent, field, fit.values[i], prior.low(), prior.high(), fit.z[i], prior.value());
  }
  return text + closing;
}

}  // namespace chokepoint
