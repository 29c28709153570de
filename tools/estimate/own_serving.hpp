#pragma once

#include <string>
#include <vector>

#include "sim/measure/logs/measurements.hpp"
#include "sim/measure/own_fit.hpp"
#include "tools/estimate/serving_catalog.hpp"

namespace chokepoint {

/// Own measurements of one engine, fitted.
struct OwnEngine {
  std::string name;     ///< Of the engine that the overlay changes or adds.
  std::string started;  ///< Of the engine of the catalogue that it started from.
  StackId stack;        ///< Of its devices; of one of them where it is not new.
  bool is_new = false;  ///< Added for a program on a stack, which the catalogue has no engine for.
  /// Whether estimates assume it on devices of its stack from then on, where it is new.
  bool takes_stack = false;
  OwnFit fit;
  std::vector<const ExperimentCase*> cases;
};

/// Own measurements of serving, set up as cases. Cases refer to the world.
struct OwnServing {
  std::vector<LoggedExperiment> runs;
  std::vector<ExperimentCase> cases;  ///< One a run.
  std::vector<OwnEngine> engines;     ///< Refer to cases.
};

/// Sets up and fits what was measured, engine by engine: a program on a stack. What a program is on
/// a stack follows from the stacks that engines of the catalogue serve, see family_on(). An engine
/// that serves the stack is changed. Where there is none the program gets one of its own there,
/// such as "vllm_musa", which starts from the engine that engine_of() takes; on a stack that nobody
/// measured, that with most runs is assumed from then on. Settings of runs are those that the
/// catalogue presumes. Warns of runs whose model, device or format is not of the catalogue, or
/// whose figures cannot be, and leaves them out; where none is left these are errors, and nothing
/// is fitted.
OwnServing fit_own_serving(std::vector<LoggedExperiment> runs, const ServingCatalog& catalog,
                           Diagnostics& found);

/// What the fit found, for people: coefficients that the data identify, before and after, errors
/// before, after and with runs left out, memory as stated and computed, and what to be wary of.
/// With `all`, coefficients that stay and every run.
std::string own_serving_text(const OwnServing& own, bool all);

/// The fit as scenario text that patches the catalogue at `base`, as seen from where it will lie.
/// `files` names what it was fitted to.
std::string own_serving_overlay(const OwnServing& own, const World& world, const std::string& base,
                                const std::string& files);

/// True where the data identify a coefficient of some engine.
bool is_anything_identified(const OwnServing& own);

}  // namespace chokepoint
