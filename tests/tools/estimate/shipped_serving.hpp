#pragma once

#include <iostream>

#include "tests/paths.hpp"
#include "tools/estimate/serving_catalog.hpp"

namespace chokepoint {

/// The shipped catalogue with its serving engines, read once.
inline const ServingCatalog& shipped_serving() {
  static const auto world = load_serving_catalog(source_dir(), "", std::cerr);
  return *world;
}

}  // namespace chokepoint
