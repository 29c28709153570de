#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/indicators/figures.hpp"
#include "sim/scenario/compose/compose.hpp"

namespace chokepoint {

/// A lever of a scenario, and what it must move.
struct LeverLaw {
  std::string name;
  /// Figures and curves that are multiplied: "grey_routes[*].seizure_probability"; of what is true
  /// or false ("rules[us_x].enabled") 0 is false, all else true. What stands in
  /// brackets chooses elements of a list by name: patterns of `*`, with commas between them, and
  /// with `!` before those that are left out.
  std::vector<std::string> paths;
  std::string from;           ///< A day: curves are multiplied from then on; empty: all along.
  std::vector<double> steps;  ///< Factors, rising; at least two.
  std::string indicator;      ///< Of the years.
  std::string subjects;       ///< A pattern as above; their values add up.
  int first = 0, last = 0;    ///< Years that add up.
  bool rises = true;          ///< Or falls.
  bool is_strict = false;     ///< Between the first step and the last; else it may also stay.
  std::string scope;          ///< Where it holds, and why; for people.
};

/// True where `name` fits `pattern`: one of its patterns and none that is left out.
bool fits(const std::string& pattern, const std::string& name);

/// `scenario` with the lever at `factor`: every figure at its paths has value, low and high
/// multiplied, so that draws keep their quantiles; every curve its points, or from `from` on a
/// factor. Throws std::runtime_error where a path leads to no figure.
pb::Scenario with_lever(pb::Scenario scenario, const LeverLaw& law, double factor);

/// What the law adds up, in one run.
double sum_of(const LeverLaw& law, const Figures& figures);

/// What came out of one lever.
struct LeverOutcome {
  /// By step, and there by draw: the sum of the law. Draws are paired: one seed, one draw.
  std::vector<std::vector<double>> sums;

  /// In the median over draws the sum goes the way of the law from every step to the next, or stays
  /// within 0.2 % of it, which rounding to whole packages comes to.
  bool is_monotone(const LeverLaw& law) const;
  /// In the median over draws the last step is beyond the first.
  bool is_strict(const LeverLaw& law) const;
  bool holds(const LeverLaw& law) const;
  /// Of every draw whose first sum is not 0, (last - first) / first; rising.
  std::vector<double> changes() const;
  /// Of every draw, log(last / first) over log of what the lever was multiplied by; rising. Nothing
  /// of a draw where either is 0, and of a lever that begins at 0.
  std::vector<double> elasticities(const LeverLaw& law) const;
};

/// Runs every law at every step, in draws 1 to `draws`, or once as written for 0 draws. `told`
/// hears how many runs are done, and of how many. Throws as with_lever() and world_from() do.
std::vector<LeverOutcome> lever_outcomes(const pb::Scenario& scenario,
                                         const std::vector<LeverLaw>& laws, int draws, int workers,
                                         const std::function<void(int done, int all)>& told);

}  // namespace chokepoint
