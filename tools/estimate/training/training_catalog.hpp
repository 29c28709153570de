#pragma once

#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "models/world.hpp"
#include "sim/measure/training_errors.hpp"

namespace chokepoint {

/// The catalogue with versions of stacks that train, their coefficients, and how far estimates by
/// them were off.
struct TrainingWorld : World {
  std::vector<std::string> stack_names;
  std::vector<TrainingStack> versions;
  std::vector<PresumedCell> presumed;
  TrainingFigures figures;
  std::vector<TrainingError> errors;

  TrainingCatalog catalog() const {
    return {devices, transformers, stack_names, nodes, versions, presumed};
  }
};

/// The catalogue below `root`: scenarios/catalog/training.textproto, training_stacks.csv,
/// training_coefficients.csv and training_errors.csv beside it, scenarios/measured/
/// training_settings.csv. Nothing after errors, which are printed to `complaints`. Throws
/// std::runtime_error where a table says what it may not.
std::optional<TrainingWorld> load_training_world(const std::filesystem::path& root,
                                                 std::ostream& complaints);

/// The same without coefficients and errors, to be fitted.
std::optional<TrainingWorld> load_unfitted_training_world(const std::filesystem::path& root,
                                                          std::ostream& complaints);

}  // namespace chokepoint
