#pragma once

#include <string>
#include <vector>

#include "models/world.hpp"
#include "sim/measure/logs/measurements.hpp"
#include "sim/measure/own_fit.hpp"

namespace chokepoint {

/// Own measurements of one engine on devices of one stack, fitted.
struct OwnEngine {
  std::string name;     ///< Of the engine that the overlay changes or adds.
  std::string started;  ///< Of the engine of the catalogue that it started from.
  StackId stack;
  bool is_new = false;  ///< Added for a stack that shares its engine with others.
  OwnFit fit;
  std::vector<const ExperimentCase*> cases;
};

/// Own measurements of serving, set up as cases. Cases refer to the world.
struct OwnServing {
  std::vector<LoggedExperiment> runs;
  std::vector<ExperimentCase> cases;  ///< One a run.
  std::vector<OwnEngine> engines;     ///< Refer to cases.
};

/// Sets up and fits what was measured, engine by engine. A device of a stack that has an engine of
/// its own starts from that of the program that was measured, and changes it; one of a stack that
/// shares an engine with others starts from that, and gets one of its own, such as "vllm_cann".
/// Warns of runs whose model, device or format is not of the catalogue and leaves them out; where
/// none is left these are errors, and nothing is fitted.
OwnServing fit_own_serving(std::vector<LoggedExperiment> runs, const World& world,
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
