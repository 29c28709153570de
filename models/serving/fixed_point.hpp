#pragma once

#include <cassert>
#include <cmath>
#include <cstdint>

#include "models/serving/request.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// Time of an engine in 2^-20 ns, about a femtosecond: sums of steps are exact however they are
/// grouped. 128 bits, since 64 would end after two hours and a half.
__extension__ typedef __int128 Ticks;

/// Ticks of a nanosecond.
inline constexpr std::int64_t kTicksPerNanosecond = std::int64_t{1} << 20;

/// Cached and generated tokens in 1/4096: engines that speculate gain fractions of a token.
using Subtokens = std::int64_t;
inline constexpr Subtokens kSubtokens = 4096;

/// The nearest tick. Requires: 0 <= time < 8000 s, longer than any step of an engine.
inline Ticks ticks_of(Seconds time) {
  assert(time.value >= 0.0 && time.value < 8000.0);
  return std::llround(time.value * 1e9 * static_cast<double>(kTicksPerNanosecond));
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
