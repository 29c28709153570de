#include "sim/trace/world_names.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/trace/small_world.hpp"

namespace chokepoint {
namespace {

TEST_CASE("names: every element is found by its name, and nothing by another's", "[trace][names]") {
  const World world = small_world();
  const WorldNames names(world);
  CHECK(names.find<OrderId>("second") == OrderId{1});
  CHECK(names.find<PoolId>("coast/train") == PoolId{1});
  CHECK(names.find<InputId>("priors[gemm].fraction") == InputId{1});
  CHECK(names.find<RunId>("small") == RunId{0});
  CHECK_FALSE(names.find<SiteId>("second"));
  CHECK_FALSE(names.find<OrderId>(""));
}

}  // namespace
}  // namespace chokepoint
