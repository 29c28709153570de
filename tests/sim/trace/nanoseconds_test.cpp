#include "sim/trace/nanoseconds.hpp"

#include <catch2/catch.hpp>
#include <chrono>

namespace chokepoint {
namespace {

TEST_CASE("nanoseconds: time is in nanoseconds, to the nearest", "[trace][time]") {
  CHECK(nanoseconds(0_s) == 0);
  CHECK(nanoseconds(Seconds{1.5e-9}) == 2);
  CHECK(nanoseconds(Seconds{1.4e-9}) == 1);
  CHECK(nanoseconds(1_days) == 86'400'000'000'000ULL);
  CHECK(nanoseconds(36'525_days) == 3'155'760'000'000'000'000ULL);  // A century fits.
}

TEST_CASE("nanoseconds: a time of whole seconds comes back from nanoseconds", "[trace][time]") {
  for (double day = 0.0; day < 36'525.0; day += 17.0) {
    const Seconds time{day * 86'400.0 + 1.0};
    CHECK(seconds(nanoseconds(time)) == time);
  }
}

TEST_CASE("nanoseconds: a day ends with its last nanosecond", "[trace][time]") {
  const Date start = parse_date("2025-01-01").value();
  CHECK(day_of(start, seconds(86'400'000'000'000ULL - 1)) == start);
  CHECK(day_of(start, 1_days) == start + std::chrono::days(1));
  CHECK(day_of(start, Seconds{86'399.9999999999}) == start + std::chrono::days(1));  // Nearest.
}

}  // namespace
}  // namespace chokepoint
