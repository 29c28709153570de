#include "models/performance/roofline.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

constexpr Roofs kRoofs{FlopsPerSecond{100}, BytesPerSecond{10}};

TEST_CASE("roofline: the slower of computing and moving", "[performance][roofline]") {
  CHECK(roofline_time({Flops{1000}, Bytes{10}}, kRoofs) == 10_s);
  CHECK(roofline_time({Flops{100}, Bytes{500}}, kRoofs) == 50_s);
  CHECK(roofline_time({Flops{0}, Bytes{0}}, kRoofs) == 0_s);
}

TEST_CASE("roofline: the ridge is where both take the same time", "[performance][roofline]") {
  CHECK(roofline_time({Flops{1000}, Bytes{100}}, kRoofs) == 10_s);
  CHECK(roofline_time({Flops{1001}, Bytes{100}}, kRoofs) > 10_s);
  CHECK(roofline_time({Flops{1000}, Bytes{101}}, kRoofs) > 10_s);
  CHECK(roofline_time({Flops{999}, Bytes{100}}, kRoofs) == 10_s);
  CHECK(roofline_time({Flops{1000}, Bytes{99}}, kRoofs) == 10_s);
}

TEST_CASE("roofline: fused work is never slower than its parts", "[performance][roofline]") {
  for (int flops = 0; flops < 20; ++flops) {
    for (int bytes = 0; bytes < 20; ++bytes) {
      const Work a{Flops{flops * 7.0}, Bytes{bytes * 1.0}};
      const Work b{Flops{bytes * 11.0}, Bytes{flops * 0.5}};
      const Work both{a.flops + b.flops, a.traffic + b.traffic};
      REQUIRE(roofline_time(both, kRoofs) <=
              roofline_time(a, kRoofs) + roofline_time(b, kRoofs) + Seconds{1e-12});
    }
  }
}

}  // namespace
}  // namespace chokepoint
