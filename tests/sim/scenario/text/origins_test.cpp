#include "sim/scenario/text/origins.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("origin_of: the nearest thing around a path that was written", "[scenario][origins]") {
  const Origins origins = {{"", {"x", 0, 0}}, {"sites[a.b]", {"x", 4, 1}}};
  CHECK(origin_of(origins, "sites[a.b].pools[p].node").line == 4);
  CHECK(origin_of(origins, "seed").line == 0);
  CHECK(origin_of({}, "seed").file.empty());
}

}  // namespace
}  // namespace chokepoint
