#include "tools/estimate/counted_kinds.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("fleet: kinds and counts read back", "[estimate]") {
  Diagnostics found;
  const auto fleet = read_fleet("nv_h20_96:64,hw_ascend_910c:32", found);
  REQUIRE(fleet);
  CHECK(*fleet == std::vector<CountedKind>{{"nv_h20_96", 64}, {"hw_ascend_910c", 32}});
}

TEST_CASE("fleet: what is wrong is said where it stands", "[estimate]") {
  struct Wrong {
    const char* text;
    int column;
  };
  for (const Wrong& wrong :
       {Wrong{"", 1}, Wrong{"a:1,", 5}, Wrong{"a", 1}, Wrong{"a:0", 3}, Wrong{"a:1x", 3},
        Wrong{"a:-4", 3}, Wrong{"a:1,a:2", 5}, Wrong{"a:99999999999999999999", 3}}) {
    INFO(wrong.text);
    Diagnostics found;
    CHECK_FALSE(read_fleet(wrong.text, found));
    REQUIRE(found.items().size() == 1);
    CHECK(found.items().front().where.column == wrong.column);
  }
}

}  // namespace
}  // namespace chokepoint
