#pragma once

#include "models/world.hpp"
#include "sim/indicators/figures.hpp"
#include "sim/indicators/ledger.hpp"

namespace chokepoint {

/// Adds what is installed at the end of each year, and how mature stacks are.
void add_installed(const World& world, const Ledger& ledger, Figures& figures);

/// Adds what is done with it: tokens, training, energy.
void add_work(const World& world, const Ledger& ledger, Figures& figures);

}  // namespace chokepoint
