#include "sim/sweep/draw_design.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/random/sobol.hpp>
#include <boost/random/uniform_01.hpp>
#include <cassert>
#include <cmath>
#include <set>
#include <vector>

#include "models/random.hpp"
#include "sim/scenario/compose/explain.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"
#include "sim/sweep/drawn_inputs.hpp"
#include "sim/sweep/information_set.hpp"

namespace chokepoint {
namespace {

constexpr double kTailOfRange = 0.05;

/// A point of Sobol's sequence, in [0, 1). Boost's leaves out its first, the origin, without which
/// no power of two of points is even.
std::vector<double> sobol_point(std::size_t dimensions, std::size_t number) {
  std::vector<double> point(dimensions, 0.0);
  if (number == 0) return point;
  boost::random::sobol sequence(dimensions);
  sequence.discard(static_cast<boost::uintmax_t>(number - 1) * dimensions);
  boost::random::uniform_01<double> in_unit;
  for (double& coordinate : point) coordinate = in_unit(sequence);
  return point;
}

/// Moved round the unit interval: errors of the sequence become random, and two seeds differ.
double moved(double coordinate, std::uint64_t seed, const std::string& stream) {
  const double sum = coordinate + RandomStream(seed, stream).uniform();
  return sum < 1.0 ? sum : sum - 1.0;
}

/// Of a normal variable that is cut off where ranges end.
double quantile_in_range(double probability) {
  const double kept = kTailOfRange + (1.0 - 2.0 * kTailOfRange) * probability;
  return boost::math::quantile(boost::math::normal(), kept);
}

/// Paths of everything that some draw moves, whichever world it takes.
std::vector<std::string> inputs_of_draws(const pb::Scenario& scenario) {
  std::set<std::string> known;
  const auto add_inputs = [&](const pb::Scenario& plain) {
    for (const auto& [path, quantile] : drawn_inputs(plain, seed_of(plain), 1)) known.insert(path);
  };
  pb::Scenario plain = scenario;
  plain.clear_saltelli_inputs();
  plain.clear_alternative_worlds();
  add_inputs(plain);
  for (const auto& world : scenario.alternative_worlds()) {
    plain.clear_alternative_worlds();
    *plain.add_alternative_worlds() = world;
    add_inputs(plain);
  }
  if (scenario.alternative_worlds_size() > 1) known.insert(kWorldInput);
  return {known.begin(), known.end()};
}

bool takes_of_b(std::size_t input, std::size_t block) {
  return block == 1 || block == 2 + input;
}

}  // namespace

DesignPlace design_place(std::size_t inputs, int draw) {
  assert(draw > 0);
  const auto at = static_cast<std::size_t>(draw) - 1;
  return {at / draws_to_row(inputs), at % draws_to_row(inputs)};
}

DesignedDraw designed_draw(const pb::Scenario& scenario, std::uint64_t seed, int draw) {
  const auto& inputs = scenario.saltelli_inputs();
  DesignedDraw made;
  made.number = draw;
  if (inputs.empty() || draw == 0) return made;
  const auto count = static_cast<std::size_t>(inputs.size());
  const DesignPlace place = design_place(count, draw);
  const auto number = [&](bool of_b) { return static_cast<int>(2 * place.row + (of_b ? 2 : 1)); };
  made.number = number(place.block == 1 || place.block == count + 2);
  const auto point = sobol_point(2 * count, place.row);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string& path = inputs[static_cast<int>(i)];
    const bool of_b = takes_of_b(i, place.block);
    const double probability = moved(point[of_b ? count + i : i], seed,
                                     std::string("saltelli/") + (of_b ? "b/" : "a/") + path);
    if (path == kWorldInput) {
      made.world = probability;
    } else {
      made.quantiles[path] = quantile_in_range(probability);
      made.groups.emplace_back(path, number(of_b));
    }
  }
  return made;
}

void check_design(const Composed& composed, Diagnostics& found) {
  const pb::Scenario& scenario = composed.scenario;
  if (scenario.saltelli_inputs().empty()) return;
  const std::vector<std::string> known = inputs_of_draws(scenario);
  const SourceLocation where{"saltelli_inputs", 0, 0};
  for (int i = 0; i < scenario.saltelli_inputs_size(); ++i) {
    const std::string& path = scenario.saltelli_inputs(i);
    const auto moves = [&](const std::string& one) { return lies_in(one, path); };
    if (std::ranges::none_of(known, moves)) {
      found.error(
          where, "no draw moves '" + path + "'",
          did_you_mean(path, known, "'compare --drivers --csv' names inputs that are drawn"));
    }
    for (int k = 0; k < scenario.saltelli_inputs_size(); ++k) {
      const std::string& other = scenario.saltelli_inputs(k);
      if (k == i || !lies_in(path, other) || (path == other && k > i)) continue;
      found.error(where, concat("input ", in_quotes(path), " lies in input ", in_quotes(other)),
                  "name one of them");
    }
  }
}

}  // namespace chokepoint
