#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/measure/training_fit.hpp"
#include "tools/estimate/training/training_catalog.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

/// Errors of predictions by figures that were fitted with some of the runs left out, by what they
/// are of: all, with experts, without, each device, each stack version; and means over devices and
/// over groups.
std::vector<TrainingError> summarized(const std::string& left_out,
                                      std::span<const PredictedTraining> predicted);

/// Coefficients fitted to the runs that may be fitted to, and errors: with nothing, each group of
/// runs, each stack version and each device left out in turn. Every fit starts from priors, so that
/// none knows what it leaves out. `told` hears of each round.
struct TrainingCalibration {
  FittedTraining fitted;
  std::vector<TrainingError> errors;
};
TrainingCalibration calibrated(std::span<const TrainingCase> cases,
                               const std::function<void(const std::string&)>& told);

/// How runs of a table compare with what is predicted of them by the coefficients of `world`:
/// errors of all, by device, stack version and source, those with parts left out as they were at
/// the fit, what repeated runs differ by, memory, runs that were never fitted, the worst.
/// `held_out` is the table of those that no fit may see.
std::string training_validation_text(std::string_view csv, std::string_view held_out,
                                     const TrainingWorld& world, std::size_t worst);

/// Every run, predicted beside measured, those that are left out too.
Table training_validation_table(std::string_view csv, const TrainingWorld& world);

}  // namespace chokepoint
