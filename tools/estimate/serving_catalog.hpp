#pragma once

#include <filesystem>
#include <optional>
#include <ostream>
#include <string>

#include "models/world.hpp"

namespace chokepoint {

/// Devices, models and serving engines of the catalogue below `root`, patched by the scenario text
/// `overlay` where it is not empty. Nothing after errors, which are printed to `complaints`.
std::optional<World> load_serving_catalog(const std::filesystem::path& root,
                                          const std::string& overlay, std::ostream& complaints);

}  // namespace chokepoint
