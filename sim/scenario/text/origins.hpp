#pragma once

#include <map>
#include <string>

#include "sim/scenario/text/diagnostics.hpp"

namespace chokepoint {

/// Where every value of a composed scenario was written, by its path. Paths name fields and, in
/// brackets, the `name` of a list's element, or its index where it has none:
/// "sites[guian].pools[h20].stocks[early].units.value". A message has an entry as well.
using Origins = std::map<std::string, SourceLocation>;

/// Where `path` was written, or the nearest thing around it that was.
SourceLocation origin_of(const Origins& origins, std::string path);

}  // namespace chokepoint
