// The same small site both ways: by the segments of a long run, and node by node and request by
// request in the cluster study that a zoom makes of it.

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/models/performance/random_serving.hpp"
#include "tests/sim/zoom/small_site.hpp"

namespace chokepoint {
namespace {

constexpr double kWithin = 0.05;

void check_both(const SiteBothWays& both) {
  INFO("served " << both.served_by_segments << " and " << both.served_zoomed);
  INFO("trained " << both.trained_by_segments << " and " << both.trained_zoomed);
  INFO("energy " << both.energy_by_segments << " and " << both.energy_zoomed);
  CHECK(both.served_by_segments > 0);
  CHECK(both.trained_by_segments > 0);
  CHECK(both.served_zoomed == Approx(both.served_by_segments).epsilon(kWithin));
  CHECK(both.trained_zoomed == Approx(both.trained_by_segments).epsilon(kWithin));
  CHECK(both.energy_zoomed == Approx(both.energy_by_segments).epsilon(kWithin));
}

TEST_CASE("zoom both ways: tokens served, progress and energy of a small site agree within 5 %",
          "[zoom]") {
  SmallSite small;
  small.short_job_days = 11.5;
  small.third_job_comes = "2025-01-12T06:00:00Z";
  check_both(both_ways(small, 10, 3));
}

TEST_CASE("zoom both ways: a site that is asked for more than it can serves as much within 5 %",
          "[zoom]") {
  SmallSite small;
  small.load = 1.6;
  small.prompt = 500;
  check_both(both_ways(small, 4, 2));
}

TEST_CASE("zoom both ways: so they do where short prompts share iterations", "[zoom]") {
  SmallSite small;
  small.nodes = 10;
  small.serving_share = 0.2;
  small.load = 1.3;
  small.prompt = small.output = 200;
  small.tpot_ms = 20;
  check_both(both_ways(small, 1, 1));
}

TEST_CASE("zoom both ways: so they do at any small site, idle or asked for too much", "[zoom]") {
  CHECK(rc::check([] {
    SmallSite small;
    small.nodes = *rc::gen::inRange(6, 20);
    small.serving_share =
        *rc::gen::inRange(2, small.nodes - 2) / double(small.nodes);  // Whole nodes.
    small.load = any::number(0.1, 2);
    small.growth_per_year = any::number(0.5, 8);
    small.prompt = std::round(any::number(200, 6000));
    small.output = std::round(any::number(100, 1500));
    small.tpot_ms = any::number(20, 60);
    small.gang_nodes = 1;
    small.short_job_days = any::number(1, 25);
    const int from = *rc::gen::inRange(0, 28), days = *rc::gen::inRange(1, 3);
    const SiteBothWays both = both_ways(small, from, days);
    const auto is_close = [](double zoomed, double segments) {
      return std::abs(zoomed - segments) <= kWithin * segments;
    };
    RC_LOG() << "load " << small.load << " nodes " << small.nodes << " share "
             << small.serving_share << " prompt " << small.prompt << " output " << small.output
             << " tpot " << small.tpot_ms << ": served "
             << both.served_zoomed / both.served_by_segments << " trained "
             << both.trained_zoomed / both.trained_by_segments << " energy "
             << both.energy_zoomed / both.energy_by_segments << "\n";
    RC_ASSERT(is_close(both.served_zoomed, both.served_by_segments));
    RC_ASSERT(is_close(both.trained_zoomed, both.trained_by_segments));
    RC_ASSERT(is_close(both.energy_zoomed, both.energy_by_segments));
  }));
}

}  // namespace
}  // namespace chokepoint
