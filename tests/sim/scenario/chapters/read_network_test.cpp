#include "sim/scenario/chapters/chapters.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

TEST_CASE("read_network: sites come before exchanges", "[scenario][read]") {
  const World world = small_world();
  REQUIRE(world.links.size() == 2);
  CHECK(world.links[0].a == PlaceId{0});
  CHECK(world.links[0].b == PlaceId{2});
  CHECK(world.exchanges == std::vector<std::string>{"hub"});
}

TEST_CASE("read_network: bits become bytes and milliseconds seconds", "[scenario][read]") {
  const World world = small_world();
  CHECK(world.links[0].bandwidth.value == BytesPerSecond{12.5e9});
  CHECK(world.links[0].latency.value == Seconds{0.005});
}

TEST_CASE("read_network: a link joins two places", "[scenario][read]") {
  const auto result = read_text(small_but("b: \"hub\"", "b: \"north\""));
  REQUIRE(result.errors.size() == 1);  // And no complaint about routes over it.
  CHECK(result.errors[0] == "link from 'north' to itself | join two different places");
  CHECK(only_error(small_but("b: \"hub\"", "b: \"hubb\"")) ==
        "no site or exchange 'hubb' in the scenario | did you mean 'hub'?");
  CHECK(only_error(small_but("latency_ms { value: 5", "latency_ms { value: 200000"))
            .find("latency_ms is 200000, not believable above 100000") == 0);
  CHECK(only_error(small_but("bandwidth_gbit_s { value: 100", "bandwidth_gbit_s { value: 0")) ==
        "bandwidth_gbit_s is 0, must be positive | ");
}

}  // namespace
}  // namespace chokepoint
