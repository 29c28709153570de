#pragma once

#include <string>

namespace chokepoint {

/// Runs every command of `readme`, relative to the project's folder, in a folder of its own.
void check_commands_of(const std::string& readme);

}  // namespace chokepoint
