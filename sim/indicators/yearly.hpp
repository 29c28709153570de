#pragma once

#include "models/world.hpp"
#include "sim/indicators/figures.hpp"
#include "sim/indicators/ledger.hpp"

namespace chokepoint {

/// Every indicator that the listing has, of every year of a run.
Figures yearly_figures(const World& world, const Ledger& ledger);

}  // namespace chokepoint
