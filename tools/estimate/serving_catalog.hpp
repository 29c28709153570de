#pragma once

#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "models/world.hpp"
#include "sim/measure/experiment_case.hpp"
#include "sim/scenario/compose/compose.hpp"

namespace chokepoint {

/// The catalogue with its serving engines, and what is presumed of runs.
struct ServingCatalog : World {
  std::vector<PresumedSetting> presumed;

  MeasuredCatalog measured() const { return {devices, transformers, presumed}; }
};

/// Devices, models and serving engines of the catalogue below `root`, patched by the scenario text
/// `overlay` where it is not empty, and scenarios/measured/run_settings.csv. Nothing after errors,
/// which are printed to `complaints`. Throws std::runtime_error where a word of that table means
/// nothing.
std::optional<ServingCatalog> load_serving_catalog(const std::filesystem::path& root,
                                                   const std::string& overlay,
                                                   std::ostream& complaints);

/// The same of a file that is composed already, such as a cluster that imports the catalogue.
/// Nothing after errors, which are in `found`.
std::optional<ServingCatalog> serving_catalog_of(const Composed& composed,
                                                 const std::filesystem::path& root,
                                                 Diagnostics& found);

}  // namespace chokepoint
