#include "models/serving/fixed_point.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <limits>

#include "tests/models/performance/random_serving.hpp"

namespace chokepoint {
namespace {

TEST_CASE("fixed point: any step that is simulated is whole ticks, and half of one from its time",
          "[serving][fixed_point]") {
  CHECK(rc::check([] {
    const Seconds time{any::number(1e-9, kLongestStep.value * 0.999)};
    const auto ticks = static_cast<double>(ticks_of(time));
    RC_ASSERT(std::abs(ticks * kSecondsPerTick / time.value - 1) < 1e-9);
  }));
}

TEST_CASE("fixed point: a longer step is told with its time", "[serving][fixed_point]") {
  CHECK_NOTHROW(ticks_of(Seconds{std::nextafter(kLongestStep.value, 0.0)}));
  CHECK_THROWS_AS(ticks_of(kLongestStep), StepTooLong);
  CHECK_THROWS_WITH(ticks_of(Seconds{123'000}), Catch::Contains("1.23e+05 s"));
  for (const double wrong : {1e300, std::numeric_limits<double>::infinity()}) {
    CHECK_THROWS_AS(ticks_of(Seconds{wrong}), StepTooLong);
  }
}

}  // namespace
}  // namespace chokepoint
