#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "chokepoint/v1/scenario.pb.h"

namespace chokepoint {

/// What one draw takes of everything that is not known, by the path of the figure that has a
/// stream of its own (a curve or a yield counts once, with all its points): the standard normal
/// quantile. Of alternative worlds, `alternative_worlds[name]` is 1 for the one that is taken and 0
/// for the others. Nothing for draw 0. The same path in two scenarios of one seed has the same.
/// See draw_in().
std::map<std::string, double> drawn_inputs(const v1::Scenario& scenario, std::uint64_t seed,
                                           int draw);

}  // namespace chokepoint
