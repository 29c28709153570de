#pragma once

#include <cstdint>

#include "models/calendar.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// Nanoseconds since the scenario's start, to the nearest: time as traces keep it. Requires: `time`
/// is not negative.
std::uint64_t nanoseconds(Seconds time);

/// The time in seconds that is nearest.
Seconds seconds(std::uint64_t nanoseconds);

/// The day in which a trace that counts from `start` has `time`.
Date day_of(Moment start, Seconds time);

}  // namespace chokepoint
