#include "sim/scenario/reading/unit.hpp"

#include <catch2/catch.hpp>
#include <limits>

namespace chokepoint {
namespace {

TEST_CASE("unit: bounds are named from both sides", "[scenario][unit]") {
  SECTION("a share is closed by definition") {
    CHECK(complaint(kShare, 0.0).empty());
    CHECK(complaint(kShare, 1.0).empty());
    CHECK(complaint(kShare, 1.0001) == "must lie in [0, 1]");
    CHECK(complaint(kShare, -0.0001) == "must lie in [0, 1]");
  }
  SECTION("a positive number is above zero") {
    CHECK(complaint(positive(1.0, 10.0, ""), 1e-6).empty());
    CHECK(complaint(positive(1.0, 10.0, ""), 1e-9) == "must be at least 1e-06");
    CHECK(complaint(positive(1.0, 10.0, ""), 5e-324) == "must be at least 1e-06");
    CHECK(complaint(positive(1.0, 10.0, ""), 0.0) == "must be positive");
  }
  SECTION("packages may be none") {
    CHECK(complaint(kPackages, 0.0).empty());
    CHECK(complaint(kPackages, -1.0) == "must not be negative");
  }
  SECTION("a floor is named where it is not zero") {
    CHECK(complaint(kPue, 1.0).empty());
    CHECK(complaint(kPue, 0.99) == "must be at least 1");
  }
  SECTION("a floor near zero is called positive where zero is met") {
    CHECK(complaint(kTflops, 1e-3).empty());
    CHECK(complaint(kTflops, 0.0) == "must be positive");
    CHECK(complaint(kTflops, 1e-9) == "must be at least 0.001");
  }
  SECTION("a count is whole") {
    CHECK(complaint(kFewThings, 8.0).empty());
    CHECK(complaint(kFewThings, 8.5) == "must be a whole number");
  }
}

TEST_CASE("unit: what nobody can believe is refused with the unit", "[scenario][unit]") {
  CHECK(complaint(kTflops, 1e6).empty());
  CHECK(complaint(kTflops, 1.1e6) == "not believable above 1000000");
  CHECK(help_for(kTflops, 1.1e6) ==
        "1 stands for 1e12 operations per second; is the number in another unit?");
  CHECK(help_for(kTflops, -1.0).empty());
  CHECK(help_for(kShare, 2.0).empty());
}

TEST_CASE("unit: numbers that are none are refused everywhere", "[scenario][unit]") {
  for (const double value :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
        -std::numeric_limits<double>::infinity()}) {
    CHECK(complaint(kShare, value) == "must be a finite number");
    CHECK(complaint(kTflops, value) == "must be a finite number");
  }
}

}  // namespace
}  // namespace chokepoint
