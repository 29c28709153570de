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

/// What to expect of an estimate: the widest, by its 90th percentile, of what was left out and is
/// like it. Where its version was measured on its device, groups of runs of that device, of that
/// version and, if it has experts, of experts; where another version was, the same with each
/// stack version left out; where none was, the mean of devices, its version and experts with each
/// device left out. Where nobody measured the architecture, the widest of all. Null where nobody
/// measured anything.
const TrainingError* expected_training_error(std::span<const TrainingError> errors,
                                             const TrainingCase& one);

}  // namespace chokepoint
