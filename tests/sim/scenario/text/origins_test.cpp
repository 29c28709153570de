#include "sim/scenario/text/origins.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("origin_of: the nearest thing around a path that was written", "[scenario][origins]") {
  const Origins origins = Origins::ByPath{{"", {"x", 0, 0}}, {"sites[a.b]", {"x", 4, 1}}};
  CHECK(origin_of(origins, "sites[a.b].pools[p].node").line == 4);
  CHECK(origin_of(origins, "seed").line == 0);
  CHECK(origin_of({}, "seed").file.empty());
}

TEST_CASE("origins: they are listed once, when somebody asks, for all copies",
          "[scenario][origins]") {
  int asked = 0;
  const Origins origins([&asked] {
    ++asked;
    return Origins::ByPath{{"seed", {"x", 4, 1}}};
  });
  const Origins copy = origins;
  CHECK(asked == 0);
  CHECK(origin_of(copy, "seed").line == 4);
  CHECK(origin_of(origins, "seed").line == 4);
  CHECK(asked == 1);
}

}  // namespace
}  // namespace chokepoint
