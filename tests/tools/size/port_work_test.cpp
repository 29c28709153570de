#include "tools/size/port_work.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

World small_world() {
  World world;
  world.stacks.resize(2);
  world.stacks[0].name = "musa";
  world.stacks[1].name = "cann";
  world.inputs.resize(1);
  world.inputs[0].low = 8, world.inputs[0].high = 90;
  world.maturation.team_engineers.value = 10;
  world.maturation.porting.crowd.value = 1e9;
  world.maturation.porting.least_months.value = 1;
  world.maturation.porting.engineer_month.value = Usd{5000};
  for (std::uint32_t i = 0; i < 2; ++i) {
    StackHistory history;
    history.stack = StackId{i};
    history.porting_engineer_months.value = i == 0 ? 0 : 30;
    if (i == 1) history.porting_engineer_months.input = InputId{0};
    world.stack_histories.push_back(history);
  }
  return world;
}

TEST_CASE("port work: engineer-months with their range, months of a team, and money", "[size]") {
  const auto works = port_works(small_world());
  REQUIRE(works.size() == 2);
  const PortWork* cann = port_to(works, "cann");
  REQUIRE(cann != nullptr);
  CHECK(cann->engineer_months == 30);
  CHECK(cann->low == 8);
  CHECK(cann->high == 90);
  CHECK(cann->months == Approx(3));
  CHECK(cann->cost.value == Approx(150'000));
  CHECK(port_to(works, "musa")->months == 0);
  CHECK(port_to(works, "rocm") == nullptr);
}

}  // namespace
}  // namespace chokepoint
