#pragma once

#include <string>

#include "sim/indicators/run_account.hpp"

namespace chokepoint {

/// The results of one run in a few lines for a terminal: delivered, refused and by which rules,
/// substitutes, tokens, training, energy.
std::string run_summary(const RunAccount& account);

}  // namespace chokepoint
