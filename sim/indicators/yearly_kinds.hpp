#pragma once

#include <array>

#include "models/world.hpp"
#include "sim/indicators/ledger.hpp"
#include "sim/indicators/sums.hpp"

namespace chokepoint {

/// In the order of DeviceKind, and what stands for all kinds of devices.
inline constexpr std::array kKindNames = {"npu", "ppu", "dsa", "gpu"};
inline constexpr const char* kAllKinds = "all";

/// Adds what makes buyers at sites in the mainland choose between kinds of devices, see
/// yearly_figures(). Means over devices are by packages wished for.
void add_kinds(const World& world, const Ledger& ledger, Sums& sums);

}  // namespace chokepoint
