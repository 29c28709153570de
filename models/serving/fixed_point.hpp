#pragma once

#include <cassert>
#include <cmath>
#include <cstdint>
#include <stdexcept>

#include "models/serving/request.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// Time of an engine in 2^-32 ns: sums of steps are exact however they are grouped, and what a step
/// takes for a fraction of a token is thousands of ticks. 128 bits, since 64 would end after two
/// seconds; times subtokens they last for years of any replica.
__extension__ typedef __int128 Ticks;

/// Ticks of a nanosecond, and seconds of one.
inline constexpr std::int64_t kTicksPerNanosecond = std::int64_t{1} << 32;
inline constexpr double kSecondsPerTick = 1e-9 / static_cast<double>(kTicksPerNanosecond);

/// Cached and generated tokens in 1/4096: engines that speculate gain fractions of a token.
using Subtokens = std::int64_t;
inline constexpr Subtokens kSubtokens = 4096;

/// A step of an engine would take longer than ticks are counted for; says how long.
class StepTooLong : public std::range_error {
public:
  explicit StepTooLong(Seconds time);
};

/// Longer steps are not simulated: no engine would be run so.
inline constexpr Seconds kLongestStep{8000};

/// The nearest tick. Requires: time >= 0. Throws StepTooLong from kLongestStep on.
inline Ticks ticks_of(Seconds time) {
  assert(time.value >= 0.0);
  if (!(time < kLongestStep)) throw StepTooLong(time);
  return static_cast<Ticks>(std::round(time.value * 1e9 * double{kTicksPerNanosecond}));
}

/// `time` times `by`, to the nearest tick. Requires: by >= 0.
inline Ticks scaled(Ticks time, double by) {
  return static_cast<Ticks>(std::round(static_cast<double>(time) * by));
}

inline Ticks ticks_of(Nanoseconds time) {
  return static_cast<Ticks>(time) * kTicksPerNanosecond;
}

/// The whole nanoseconds before or at `time`. Requires: time >= 0.
inline Nanoseconds nanoseconds_before(Ticks time) {
  return static_cast<Nanoseconds>(time / kTicksPerNanosecond);
}

/// The first whole nanosecond after `time`: when others may know of it.
inline Nanoseconds nanosecond_after(Ticks time) {
  return nanoseconds_before(time) + 1;
}

/// Quotient rounded up. Requires: of >= 0, by > 0.
constexpr std::int64_t ceiling(std::int64_t of, std::int64_t by) {
  return (of + by - 1) / by;
}

}  // namespace chokepoint
