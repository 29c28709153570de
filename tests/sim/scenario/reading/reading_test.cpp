#include "sim/scenario/reading/reading.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

TEST_CASE("reading: every list has names of its own", "[scenario][reading]") {
  SECTION("sites and exchanges share one") {
    CHECK(only_error(small_but("exchanges { name: \"hub\" }",
                               "exchanges { name: \"hub\" } exchanges { name: \"north\" }")) ==
          "a second site or exchange 'north' | elements of one kind have different names");
  }
  SECTION("an element without a name is reported as what it is") {
    const auto result = read_text(small_text() + "orders { }");
    REQUIRE_FALSE(result.errors.empty());
    CHECK(result.errors[0] == "this order has no name | give it a name of its own");
  }
  SECTION("pools of two sites may share a name") {
    const World world = small_world();
    CHECK(world.pools[1].name == "north/npus");
    CHECK(world.pools[2].name == "south/npus");
  }
}

}  // namespace
}  // namespace chokepoint
