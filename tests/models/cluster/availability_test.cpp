#include "models/cluster/availability.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <vector>

namespace chokepoint {
namespace {

TEST_CASE("law: the first time is the first at which nothing is taken twice", "[cluster][law]") {
  CHECK(rc::check([] {
    constexpr int kDevices = 8, kHorizon = 200;
    Availability free(0, kDevices);
    std::vector<int> plain(2 * kHorizon, kDevices);
    for (int i = 0; i < 12; ++i) {
      const int devices = *rc::gen::inRange(1, kDevices + 1), lasts = *rc::gen::inRange(1, 15);
      const int now = *rc::gen::inRange(0, 40);
      const auto at = static_cast<int>(free.first(now, lasts, devices));
      const auto fits = [&](int begin) {
        for (int t = begin; t < begin + lasts; ++t) {
          if (plain[static_cast<std::size_t>(t)] < devices) return false;
        }
        return true;
      };
      int expected = now;
      while (!fits(expected)) ++expected;
      RC_ASSERT(at == expected);
      free.take(at, at + lasts, devices);
      for (int t = at; t < at + lasts; ++t) plain[static_cast<std::size_t>(t)] -= devices;
    }
  }));
}

TEST_CASE("availability: what was is forgotten, what is to come is not", "[cluster]") {
  Availability free(0, 4);
  free.take(0, 10, 4);
  free.take(10, 20, 2);
  free.forget(15);
  CHECK(free.first(15, 5, 2) == 15);
  CHECK(free.first(15, 5, 3) == 20);
}

TEST_CASE("availability: the least of a time, and when it changes", "[cluster]") {
  Availability plan(0, 8);
  plan.take(10, 20, 3);
  CHECK(plan.least(0, 10) == 8);
  CHECK(plan.least(0, 11) == 5);
  CHECK(plan.least(20, 30) == 8);
  CHECK(plan.next(0) == 10);
  CHECK(plan.next(10) == 20);
  CHECK_FALSE(plan.next(20));
}

}  // namespace
}  // namespace chokepoint
