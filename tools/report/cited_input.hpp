#pragma once

#include <set>
#include <string>

#include "chokepoint/v1/scenario.pb.h"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// The figure at `path` of a composed scenario, such as "stacks[cuda].attained[training].fraction";
/// null where there is none. It lives in `scenario`.
const pb::Sourced* input_at(const pb::Scenario& scenario, const std::string& path);

/// The path in `paths` whose figure deserves the least trust, by the rule of models/sourced.hpp;
/// ties go to the first by name. A path that leads nowhere is passed over. Empty where none leads
/// anywhere.
std::string least_certain_path(const std::set<std::string>& paths, const pb::Scenario& scenario);

/// A figure in a few words: "0.05, estimated, from epoch_chips, 0.02 .. 0.1".
std::string in_words(const pb::Sourced& input);

}  // namespace chokepoint
