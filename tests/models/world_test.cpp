#include "models/world.hpp"

#include <catch2/catch.hpp>

#include "tests/day.hpp"

namespace chokepoint {
namespace {

TEST_CASE("world: months start within the run, its first day excepted", "[world]") {
  World world;
  world.start = day("2025-01-01");
  world.end = day("2025-03-01");
  CHECK(month_starts(world) == std::vector<Seconds>{31_days});
  world.start = day("2024-12-31");
  world.end = day("2025-03-02");
  CHECK(month_starts(world) == std::vector<Seconds>{1_days, 32_days, 60_days});
}

}  // namespace
}  // namespace chokepoint
