#include "sim/scenario/chapters/chapters.hpp"

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

// org_0 has no parent, and each has the one before as its own.
std::string chain_of(int parents) {
  std::string orgs = "orgs { name: \"org_0\" headquarters: \"CN\" }\n";
  for (int i = 1; i <= parents; ++i) {
    orgs += "orgs { name: \"org_" + std::to_string(i) + "\" headquarters: \"CN\" parent: \"org_" +
            std::to_string(i - 1) + "\" }\n";
  }
  return small_text() + orgs;
}

TEST_CASE("read_orgs: sixty-four parents stand above each other at most", "[scenario][read]") {
  const auto result = read_text(chain_of(64));
  REQUIRE(result.world);
  CHECK(result.world->ultimate_parent(OrgId{3 + 64}) == OrgId{3});
  CHECK(only_error(chain_of(65)) ==
        "'org_65' has more than 64 parents above it | leave the parent of one of them out");
  CHECK(read_text(chain_of(15'000)).errors.size() == 100);  // In linear time.
}

TEST_CASE("read_orgs: a circle of parents does not hang those who read on", "[scenario][read]") {
  const std::string circle =
      with_replaced(with_replaced(economy_text(), "", "name: \"west\" headquarters: \"US\"",
                                  "name: \"west\" headquarters: \"US\" parent: \"east\""),
                    "", "name: \"east\" headquarters: \"CN\"",
                    "name: \"east\" headquarters: \"CN\" parent: \"west\"");
  CHECK(only_error(circle) ==
        "'east' owns itself by way of its parents | leave the parent of one of them out");
}

}  // namespace
}  // namespace chokepoint
