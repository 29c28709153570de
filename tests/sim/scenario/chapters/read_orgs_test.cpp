#include "sim/scenario/chapters/read_orgs.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

TEST_CASE("read_orgs: an org is displayed by its name unless it has another", "[scenario][read]") {
  const World world = small_world();
  CHECK(world.orgs[0].display == "west");
  CHECK(world.orgs[2].display == "The Laboratory");
  CHECK(world.orgs[2].headquarters == Country("CN"));
}

TEST_CASE("read_orgs: classes are numbered as they come", "[scenario][read]") {
  const auto result = read_text(
      small_but("name: \"east\" headquarters: \"CN\"",
                "name: \"east\" headquarters: \"CN\" classes: \"state\" classes: \"telecom\""));
  REQUIRE(result.world);
  CHECK(result.world->buyer_classes == std::vector<std::string>{"state", "telecom", "big_tech"});
  CHECK(result.world->orgs[1].classes ==
        std::vector<BuyerClassId>{BuyerClassId{0}, BuyerClassId{1}});
  CHECK(result.world->orgs[2].classes == std::vector<BuyerClassId>{BuyerClassId{2}});
}

TEST_CASE("read_orgs: a parent is an org that it does not own", "[scenario][read]") {
  const auto owned_by = [](const std::string& parent) {
    return small_but("name: \"east\" headquarters: \"CN\"",
                     "name: \"east\" headquarters: \"CN\" parent: \"" + parent + "\"");
  };
  const auto result = read_text(owned_by("west"));
  REQUIRE(result.world);
  CHECK(result.world->orgs[1].parent == OrgId{0});
  CHECK(only_error(owned_by("east")) ==
        "'east' owns itself by way of its parents | leave the parent of one of them out");
}

TEST_CASE("read_orgs: a class is written like a name", "[scenario][read]") {
  CHECK(only_error(small_but("classes: \"big_tech\"", "classes: \"big tech\"")) ==
        "'big tech' is no name | classes are written like names: \"big_tech\"");
}

}  // namespace
}  // namespace chokepoint
