#pragma once

#include <string>

#include "models/world.hpp"
#include "sim/scenario/compose/compose.hpp"

namespace chokepoint {

/// The small scenario with its market, and with quarters of what its eastern vendor delivered:
/// 1300, 400, 700 and 900 packages in 2025, the first two of them to fit to. Its stock at the start
/// is 1000 packages, between 100 and 10 000.
Composed small_history();

/// The same with more text behind it.
Composed small_history_with(const std::string& text);

/// The world of small_history(), as it is read.
World small_history_world();

}  // namespace chokepoint
