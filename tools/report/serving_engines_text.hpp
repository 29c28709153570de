#pragma once

#include <span>
#include <string>

#include "models/world.hpp"
#include "sim/measure/errors.hpp"

namespace chokepoint {

/// Predictions of measured runs by coefficients of four kinds of fit.
struct FittedPredictions {
  std::span<const PredictedCase> in_sample, model_left_out, device_left_out, stack_left_out;
};

/// Fitted coefficients and their errors as scenario text: an engine for each family of programs
/// with what it was fitted to, two for stacks of `world` that nobody measured, by what their
/// devices are, and the errors in sample by device and family, and of models, devices and stacks
/// that were left out by family. `rows` names the files of the measured rows.
std::string serving_engines_text(const CoefficientSet& set, const FittedPredictions& predictions,
                                 const World& world, const std::string& rows);

/// The same errors alone, under the name of `basis` ("IN_SAMPLE"), by metric and family; of one
/// device, or of all where it is empty.
std::string serving_errors_scenario_text(std::span<const PredictedCase> cases, const char* basis,
                                         const std::string& device);

}  // namespace chokepoint
