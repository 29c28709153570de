#pragma once

#include <string>

#include "tools/catalog/entries.hpp"

// The catalogue as it is printed.

namespace chokepoint {

/// A line per entry of a kind, the columns that tell entries apart, units in the header.
/// Requires: one of catalog_kinds().
std::string catalog_list(const Catalog& catalog, const std::string& kind);

/// As JSON with schema "chokepoint.catalog.list/1": whole entries.
std::string catalog_list_json(const Catalog& catalog, const std::string& kind);

/// Everything the catalogue says of one entry: every value with unit, range, confidence and source,
/// alternatives below it, notes at the end; of a device also the computed TPP and performance
/// density beside the published ones. Requires: one of entry_names().
std::string entry_text(const Catalog& catalog, const std::string& kind, const std::string& name);

/// As JSON with schema "chokepoint.catalog.entry/1".
std::string entry_json(const Catalog& catalog, const std::string& kind, const std::string& name);

}  // namespace chokepoint
