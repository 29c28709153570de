#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "chokepoint/v1/scenario.pb.h"
#include "sim/scenario/compose/compose.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// Name, among the inputs of a Saltelli design, of which alternative world is taken.
inline constexpr const char* kWorldInput = "alternative_worlds";

/// Where a draw of a Saltelli design of k inputs stands. A row has two independent samples, A and
/// B, of everything that is drawn, and mixes of them:
///
///   block 0: A;  1: B;  2 + i: A, with input i of B;  k + 2: A, with all that is not named of B
///
/// Rows follow each other, so that a design of fewer draws is the beginning of one of more.
/// Source: Saltelli et al., "Variance based sensitivity analysis of model output", Computer Physics
/// Communications 181 (2010).
struct DesignPlace {
  std::size_t row = 0, block = 0;
};

/// Draws to a row of a design of as many inputs.
constexpr std::size_t draws_to_row(std::size_t inputs) {
  return inputs + 3;
}

/// Requires: draw > 0.
DesignPlace design_place(std::size_t inputs, int draw);

/// What a draw takes of its design, and by which number its other streams go.
struct DesignedDraw {
  int number = 0;  ///< Of the streams of what the design does not name.
  /// Standard normal quantiles inside ranges, by the path of an input that is one figure.
  std::map<std::string, double> quantiles;
  /// By which number the streams go of all figures that lie in an input, by its path.
  std::vector<std::pair<std::string, int>> groups;
  std::optional<double> world;  ///< In [0, 1), over the weights of the alternative worlds.
};

/// By the scenario's `saltelli_inputs`: named inputs take points of Sobol's sequence (Boost's),
/// moved for each path by what `seed` gives. Without such inputs, and for draw 0: `draw` alone.
DesignedDraw designed_draw(const pb::Scenario& scenario, std::uint64_t seed, int draw);

/// Complains of `saltelli_inputs` that no draw moves, or that lie in each other.
void check_design(const Composed& composed, Diagnostics& found);

}  // namespace chokepoint
