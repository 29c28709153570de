#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <vector>

#include "chokepoint/v1/figures.pb.h"
#include "chokepoint/v1/scenario.pb.h"
#include "sim/indicators/figures.hpp"
#include "sim/study/causes/levers.hpp"

namespace chokepoint {

/// What lies between two runs: runs with some of the levers applied in which they differ.
struct LeverRuns {
  std::vector<Lever> levers;
  LeverOrders orders;
  /// By set of sets_of(orders). All levers: the other run; none: the baseline, unless lists of both
  /// are in another order, which no lever changes.
  std::map<LeverSet, Figures> figures;
};

/// A run and what it found.
struct KnownRun {
  const v1::Scenario& scenario;
  const Figures& figures;
};

/// How much is run, whatever time that takes.
struct AttributionEffort {
  std::size_t levers = 10;    ///< Of a run, at most; in [1, kMostLevers].
  std::size_t orders = 12;    ///< Of a run; see lever_orders().
  std::size_t bindings = 10;  ///< Those that held back the most money.
  int workers = 1;            ///< Processes at a time; the result is the same for any number.
};

/// Finds the levers between two runs, those one of which some alone contradict themselves, and runs
/// every set that orders of them go through, each once. Orders are drawn from the baseline's seed.
/// `told(done, all)` is called after each run.
LeverRuns lever_runs(const KnownRun& base, const KnownRun& other, const AttributionEffort& effort,
                     const std::function<void(int done, int all)>& told);

/// Figures of the years of a scenario, or that it contradicts itself. Once in a process.
v1::RunFigures figures_or_contradiction(const v1::Scenario& scenario);

}  // namespace chokepoint
