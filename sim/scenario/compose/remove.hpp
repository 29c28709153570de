#pragma once

#include <optional>
#include <string>

#include "chokepoint/v1/scenario.pb.h"
#include "sim/scenario/text/places.hpp"

namespace chokepoint {

/// Where a removal is written.
struct RemovalPlaces {
  SourceLocation kind;
  SourceLocation name;
};

/// Takes the element that `removal` names out of its list, and returns the path that it had.
/// Nothing, after a report, where there is no such kind or element.
std::optional<std::string> remove_element(Located scenario, const v1::Remove& removal,
                                          const RemovalPlaces& at, Diagnostics& found);

}  // namespace chokepoint
