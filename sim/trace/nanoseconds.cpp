#include "sim/trace/nanoseconds.hpp"

#include <cassert>
#include <chrono>
#include <cmath>

namespace chokepoint {

namespace {

constexpr double kPerSecond = 1e9;

}  // namespace

std::uint64_t nanoseconds(Seconds time) {
  assert(time.value >= 0.0);
  return static_cast<std::uint64_t>(std::llround(time.value * kPerSecond));
}

Seconds seconds(std::uint64_t nanoseconds) {
  return Seconds{static_cast<double>(nanoseconds) / kPerSecond};
}

Date day_of(Moment start, Seconds time) {
  const std::chrono::nanoseconds since(static_cast<std::int64_t>(nanoseconds(time)));
  return std::chrono::floor<std::chrono::days>(start + since);
}

}  // namespace chokepoint
