#pragma once

#include <string>

#include "tools/catalog/entries.hpp"

namespace chokepoint {

/// A line per entry of a kind, the columns that tell entries apart, units in the header.
/// Requires: one of catalog_kinds().
std::string catalog_list(const Catalog& catalog, const std::string& kind);

/// As JSON with schema "chokepoint.catalog.list/1": whole entries.
std::string catalog_list_json(const Catalog& catalog, const std::string& kind);

}  // namespace chokepoint
