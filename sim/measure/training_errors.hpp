#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/measure/training_case.hpp"

namespace chokepoint {

/// How far estimates of steps were from measurements.
struct TrainingError {
  std::string basis;  ///< What was left out of the fit: "nothing", "group", "stack", "device".
  std::string of;     ///< "all", "experts", a device or a stack version.
  int count = 0;      ///< Runs.
  double median = 0, p90 = 0;  ///< Of |predicted / measured - 1|.
  double bias = 0;             ///< Median of predicted / measured - 1.
};

/// Rows of scenarios/catalog/training_errors.csv. Throws std::runtime_error where a cell that
/// should be a number is none.
std::vector<TrainingError> read_training_errors(std::string_view csv);

/// The same as text.
std::string training_errors_csv(std::span<const TrainingError> errors);

/// What to expect of an estimate: of its device and version where both were measured, each group of
/// runs left out in turn; of that device, each stack left out, where the version was not; else of
/// all, each device left out. Null where nobody measured.
const TrainingError* expected_training_error(std::span<const TrainingError> errors,
                                             const TrainingCase& one);

}  // namespace chokepoint
