#include "sim/measure/training_errors.hpp"

#include <algorithm>
#include <cstdio>
#include <stdexcept>

namespace chokepoint {
namespace {

double error_number(const MeasuredRow& row, std::string_view column) {
  constexpr double kNone = -1e300;
  const double value = number_in(row, column, kNone);
  if (value != kNone) return value;
  throw std::runtime_error("training_errors.csv: column " + std::string(column) + " has '" +
                           std::string(cell(row, column)) + "'");
}

const TrainingError* find_error(std::span<const TrainingError> errors, std::string_view basis,
                                std::string_view of) {
  const auto found = std::ranges::find_if(errors, [&](const TrainingError& one) {
    return one.basis == basis && one.of == of && one.count > 0;
  });
  return found == errors.end() ? nullptr : &*found;
}

}  // namespace

std::vector<TrainingError> read_training_errors(std::string_view csv) {
  std::vector<TrainingError> errors;
  for (const MeasuredRow& row : read_measured_table(csv)) {
    errors.push_back({std::string(cell(row, "left_out")), std::string(cell(row, "of")),
                      static_cast<int>(error_number(row, "runs")), error_number(row, "median"),
                      error_number(row, "p90"), error_number(row, "bias")});
  }
  return errors;
}

std::string training_errors_csv(std::span<const TrainingError> errors) {
  std::string text = "left_out,of,runs,median,p90,bias\n";
  for (const TrainingError& one : errors) {
    char numbers[96];
    std::snprintf(numbers, sizeof numbers, ",%d,%.4f,%.4f,%.4f\n", one.count, one.median, one.p90,
                  one.bias);
    text += one.basis + "," + one.of + numbers;
  }
  return text;
}

const TrainingError* expected_training_error(std::span<const TrainingError> errors,
                                             const TrainingCase& one) {
  const TrainingError* widest = nullptr;
  const auto consider = [&](const TrainingError* error) {
    if (error != nullptr && (widest == nullptr || error->p90 > widest->p90)) widest = error;
  };
  if (!one.is_architecture_measured) {
    for (const TrainingError& error : errors) {
      if (error.basis != "nothing" && error.count > 0) consider(&error);
    }
    return widest;
  }
  const bool is_device_measured = find_error(errors, "stack", one.device_name) != nullptr;
  const char* basis = one.is_pair_measured ? "group" : is_device_measured ? "stack" : "device";
  consider(find_error(errors, basis, is_device_measured ? one.device_name : "mean of devices"));
  consider(find_error(errors, basis, one.version));
  if (one.model.experts > 0) consider(find_error(errors, basis, "experts"));
  return widest;
}

}  // namespace chokepoint
