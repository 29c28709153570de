#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "chokepoint/v1/scenario.pb.h"
#include "sim/study/causes/shapley.hpp"

namespace chokepoint {

/// Changes between two scenarios that are applied together.
struct Lever {
  /// Their one element ("rules[x]") or the first of those that need each other, or what they have
  /// in common ("US rules on EQUIPMENT").
  std::string name;
  std::vector<std::string> paths;  ///< Of the changes, as changes_since() writes them.
  /// Names of the levers that were made one, since a scenario with some of them alone contradicts
  /// itself; empty: none.
  std::vector<std::string> inseparable;
};

/// Changes from `base` to `other`, in the order of the schema, as at most `most` levers:
///
///   first  everything inside one element, and elements that are added or taken away with those
///   that
///          name them, is one
///   then   while they are too many, the largest group becomes one: rules of one government that
///   list
///          parties or are on one category of things (the first, where they name several), or
///          elements of one other list; then such rules of all governments
///   last   all but the greatest become "other changes"
///
/// Requires: 1 <= most <= kMostLevers.
std::vector<Lever> levers_between(const v1::Scenario& base, const v1::Scenario& other,
                                  std::size_t most);

/// The levers `parts` as one that cannot be taken apart.
Lever inseparable_lever(const std::vector<Lever>& parts);

/// `other` with what `base` has instead of every lever that is not in `applied`.
v1::Scenario with_levers(const v1::Scenario& base, const v1::Scenario& other,
                         const std::vector<Lever>& levers, LeverSet applied);

}  // namespace chokepoint
