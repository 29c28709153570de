#pragma once

#include <vector>

#include "models/policy/predicate.hpp"
#include "models/world.hpp"
#include "tools/policy/argument.hpp"

namespace chokepoint {

/// Why `predicate` matches `item` or not, condition by condition, in the order of the law. Names
/// come from `world`, which the predicate was read with.
std::vector<Argument> item_reasons(const Predicate& predicate, const Item& item,
                                   const World& world);

}  // namespace chokepoint
