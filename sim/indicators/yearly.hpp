#pragma once

#include <array>

#include "models/world.hpp"
#include "sim/indicators/figures.hpp"
#include "sim/indicators/ledger.hpp"

namespace chokepoint {

/// Every indicator that the listing has, of every year of a run.
Figures yearly_figures(const World& world, const Ledger& ledger);

/// Adds what is installed at the end of each year, and how mature stacks are.
void add_installed(const World& world, const Ledger& ledger, Figures& figures);

/// Adds what is done with it: tokens, training, energy.
void add_work(const World& world, const Ledger& ledger, Figures& figures);

/// In the order of DeviceKind, and what stands for all kinds of devices.
inline constexpr std::array kKindNames = {"npu", "ppu", "dsa", "gpu"};
inline constexpr const char* kAllKinds = "all";

/// Adds what makes buyers at sites in the mainland choose between kinds of devices. Means over
/// devices are by packages wished for.
void add_kinds(const World& world, const Ledger& ledger, Figures& figures);

}  // namespace chokepoint
