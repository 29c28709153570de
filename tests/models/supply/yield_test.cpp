#include "models/supply/yield.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>

namespace chokepoint {
namespace {

const Yield kSlow{{0.2, {}}, {0.6, {}}, {1000.0, {}}};

TEST_CASE("yield: starts where it starts and ends at its ceiling", "[supply]") {
  CHECK(yield_after(kSlow, 0.0) == Approx(0.2));
  CHECK(yield_after(kSlow, 1000.0) == Approx(0.6 - 0.4 / std::exp(1.0)));
  CHECK(yield_after(kSlow, 1e9) == 0.6);
}

TEST_CASE("yield: nothing to learn is the ceiling from the beginning", "[supply]") {
  CHECK(yield_after(Yield{}, 0.0) == 1.0);
  CHECK(yield_after({{0.2, {}}, {0.6, {}}, {}}, 0.0) == 0.6);
}

TEST_CASE("law: a yield never falls with experience and stays in its bounds", "[supply][law]") {
  CHECK(rc::check([] {
    const double less = *rc::gen::inRange(0, 20'000);
    const double more = less + *rc::gen::inRange(0, 20'000);
    RC_ASSERT(yield_after(kSlow, less) <= yield_after(kSlow, more));
    RC_ASSERT(yield_after(kSlow, less) >= 0.2);
    RC_ASSERT(yield_after(kSlow, more) <= 0.6);
  }));
}

}  // namespace
}  // namespace chokepoint
