#pragma once

#include <map>
#include <string>

namespace chokepoint {

/// Numbers that a run says, by name.
using Figures = std::map<std::string, double>;

}  // namespace chokepoint
