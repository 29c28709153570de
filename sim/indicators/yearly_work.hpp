#pragma once

#include <string>

#include "models/world.hpp"
#include "sim/indicators/ledger.hpp"
#include "sim/indicators/sums.hpp"

namespace chokepoint {

/// "mainland", "offshore sites" or "abroad": a pool holds chips of one country; who uses them is
/// told by deliveries alone.
std::string pool_region(const World& world, PoolId pool);

/// Adds what is installed at the end of each year, and how mature stacks are; see yearly_figures().
void add_installed(const World& world, const Ledger& ledger, Sums& sums);

/// Adds what is done with it: tokens, training, energy; see yearly_figures().
void add_work(const World& world, const Ledger& ledger, Sums& sums);

}  // namespace chokepoint
