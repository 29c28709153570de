#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "chokepoint/v1/scenario.pb.h"
#include "sim/indicators/figures.hpp"
#include "sim/study/causes/lever_runs.hpp"
#include "sim/study/causes/switches.hpp"

namespace chokepoint {

/// A run as its scenario, which is all that it takes to run it again.
struct ComparedScenario {
  std::string name;  ///< Of its folder.
  v1::Scenario scenario;
};

/// A switch, and all runs with it off.
struct Trial {
  Switch off;
  bool is_readable = true;       ///< False: a scenario without it contradicts itself.
  std::vector<Figures> figures;  ///< Of a year, by run; those of the run itself where it has none.
};

/// Runs, and what accounts for their differences.
struct Attribution {
  std::vector<std::string> names;  ///< By run; the first is the baseline.
  std::vector<Figures> itself;     ///< By run.
  std::vector<LeverRuns> between;  ///< By run; nothing for the baseline.
  std::vector<Trial> bindings;     ///< Off in all runs; as they held back.
  std::size_t untried = 0;         ///< Of these, for want of room.
};

/// A number that the figures of a run say.
using Measured = std::function<double(const Figures&)>;

/// What run `run` has more of it than the baseline.
double difference_of(const Attribution& attribution, std::size_t run, const Measured& measured);

/// How much of that goes with each lever of the run; see shapley_values(). Requires: not the
/// baseline.
std::vector<ShapleyValue> parts_of(const Attribution& attribution, std::size_t run,
                                   const Measured& measured);

/// What `parts` leave of the difference; 0 where that is less than what rounding makes. Nothing
/// else is left but what comes of lists in another order.
double remainder_of(const Attribution& attribution, std::size_t run, const Measured& measured,
                    const std::vector<ShapleyValue>& parts);

/// How much of the difference vanishes with `trial` switched off in both runs: the difference less
/// what it then is.
///
///   (B - A) - (B without - A without)
///
/// 0 exactly of what changes neither run. Trials overlap: where either of two things is enough each
/// accounts for nothing, where both are needed each for all.
double accounted_for(const Attribution& attribution, const Trial& trial, std::size_t run,
                     const Measured& measured);

/// Runs all of `runs`, at least two, and looks up what held anything back in any of them; finds
/// what lies between the first and each other, see lever_runs(); and runs all again with each of
/// the bindings off that held back the most. `told(done, all)` is called after each run, `all` for
/// the runs of its stage.
Attribution attribute(const std::vector<ComparedScenario>& runs, const AttributionEffort& effort,
                      const std::function<void(int done, int all)>& told);

}  // namespace chokepoint
