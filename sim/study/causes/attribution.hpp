#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "chokepoint/v1/scenario.pb.h"
#include "sim/indicators/figures.hpp"
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
  bool is_readable = true;       ///< False: a change that cannot be undone by itself.
  std::vector<Figures> figures;  ///< Of a year, by run; those of the run itself where it has none.
};

/// Runs, and the same with one thing after another switched off.
struct Attribution {
  std::vector<std::string> names;           ///< By run; the first is the baseline.
  std::vector<Figures> itself;              ///< By run.
  std::vector<std::vector<Trial>> changes;  ///< By run; the baseline has none.
  std::vector<Trial>
      bindings;             ///< Rules, quotas and shortages, off in all runs; as they held back.
  std::size_t untried = 0;  ///< Of these, for want of room.
};

/// A number that the figures of a run say.
using Measured = std::function<double(const Figures&)>;

/// What run `run` has more of it than the baseline.
double difference_of(const Attribution& attribution, std::size_t run, const Measured& measured);

/// How much of that vanishes with `trial` switched off: the difference less what it then is.
///
///   (B - A) - (B without - A without)
///
/// 0 exactly of what changes neither run; all of it of the only change. Parts need not add up:
/// where either of two things is enough each accounts for nothing, where both are needed each for
/// all.
double accounted_for(const Attribution& attribution, const Trial& trial, std::size_t run,
                     const Measured& measured);

/// Runs all of `runs`, at least two, looks up what held anything back in any of them, and runs
/// them again with each change undone in the run that has it, and with each of the `most` bindings
/// that held back the most money off in all. Over `workers` processes, with the same result for any
/// number. `told(done, all)` is called after each run, `all` for the runs of its stage.
Attribution attribute(const std::vector<ComparedScenario>& runs, std::size_t most, int workers,
                      const std::function<void(int done, int all)>& told);

}  // namespace chokepoint
