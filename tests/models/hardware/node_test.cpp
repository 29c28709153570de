#include "models/hardware/node.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("node power: linear from the idle share to full", "[hardware][node]") {
  NodeSpec node;
  node.full_power.value = Watts{8000};
  CHECK(node_power(node, 0.25, 0.0) == Watts{2000});
  CHECK(node_power(node, 0.25, 0.5) == Watts{5000});
  CHECK(node_power(node, 0.25, 1.0) == Watts{8000});
}

TEST_CASE("node power: more work never draws less", "[hardware][node]") {
  NodeSpec node;
  node.full_power.value = Watts{10'400};
  for (int idle = 0; idle <= 10; ++idle) {
    Watts before{};
    for (int busy = 0; busy <= 100; ++busy) {
      const Watts power = node_power(node, idle / 10.0, busy / 100.0);
      REQUIRE(power >= before);
      REQUIRE(power <= node.full_power.value * (1.0 + 1e-15));
      before = power;
    }
  }
}

}  // namespace
}  // namespace chokepoint
