#pragma once

#include <string>

#include "models/world.hpp"

namespace chokepoint {

/// A figure in a few words: "0.05, estimated, from epoch_chips, 0.02 .. 0.1".
std::string in_words(const World& world, InputId input);

}  // namespace chokepoint
