#pragma once

#include <cstdint>
#include <span>
#include <variant>

#include "models/serving/sizing/fleet_size.hpp"

namespace chokepoint {

/// What so many devices of one kind hold.
struct HeldFleet {
  ServingEstimate estimate;  ///< Plan and memory.
  std::int64_t replicas = 0;
  Breaking breaking;    ///< With the highest rate.
  int plans_tried = 0;  ///< Simulated.

  std::int64_t devices() const { return replicas * estimate.plan.devices(); }
};

/// The plan under which `devices` devices of one kind, or as many of them as whole replicas take,
/// keep `bounds` at the highest rate. The closed form ranks plans_for(), and simulation finds the
/// rate of each, until the closed form of the next is no higher than what was found.
/// Requires: devices >= 1, bounds not empty.
std::variant<HeldFleet, NoFleet> best_of_devices(const SizingChoice& choice, const SizingLoad& load,
                                                 std::int64_t devices,
                                                 std::span<const LatencyBound> bounds);

}  // namespace chokepoint
