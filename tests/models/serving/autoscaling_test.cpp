#include "models/serving/autoscaling.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("autoscaling: the target decides, within bounds and slack", "[serving][autoscaling]") {
  const Autoscaling rule{.least = 2, .most = 10, .target = 10, .slack = 0.2};
  CHECK(wanted_replicas(rule, 0, 5) == 2);
  CHECK(wanted_replicas(rule, 41, 2) == 5);
  CHECK(wanted_replicas(rule, 1000, 2) == 10);
  CHECK(wanted_replicas(rule, 40, 5) == 5);  // 40 / 8: one less would not keep the slack.
  CHECK(wanted_replicas(rule, 32, 5) == 4);
}

TEST_CASE("autoscaling: more load never wants less, and what is wanted stays wanted",
          "[serving][autoscaling]") {
  CHECK(rc::check([] {
    const Autoscaling rule{.least = *rc::gen::inRange(0, 5),
                           .most = *rc::gen::inRange(5, 50),
                           .target = *rc::gen::inRange(1, 40) * 1.0,
                           .slack = *rc::gen::inRange(0, 9) / 10.0};
    const std::int64_t load = *rc::gen::inRange(0, 3000), up = *rc::gen::inRange(0, 60);
    const std::int64_t wanted = wanted_replicas(rule, load, up);
    RC_ASSERT(wanted_replicas(rule, load + 1, up) >= wanted);
    RC_ASSERT(wanted_replicas(rule, load, wanted) == wanted);
  }));
}

}  // namespace
}  // namespace chokepoint
