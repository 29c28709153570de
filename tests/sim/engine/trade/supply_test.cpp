#include "sim/engine/trade/supply.hpp"

#include <catch2/catch.hpp>

#include "models/world.hpp"
#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

TEST_CASE("supply: what is taken is gone and what comes back is there again", "[engine][supply]") {
  const World world = small_world();
  const Agenda agenda(world.horizon());
  Supply supply(world, agenda);
  CHECK(supply.line_of(kDomestic) == kDomesticLine);
  CHECK_FALSE(supply.line_of(DeviceId{9}));
  supply.take(kForeignLine, 400.0);
  CHECK(supply.whole_packages(kForeignLine) == 1e6 - 400.0);
  supply.put_back(kForeignLine, 100.0);
  CHECK(supply.whole_packages(kForeignLine) == 1e6 - 300.0);
}

// 30 a month of 30.4375 days.
TEST_CASE("supply: output accrues day by day", "[engine][supply]") {
  World world = small_world();
  world.sample_period = 73_days;
  std::vector<double> stock;
  for (const auto& sample : only<CounterSampled>(facts_of(world))) {
    if (sample.counter != Counter::SupplyStock || sample.index != kDomesticLine.value) continue;
    CHECK(sample.value == Approx(sample.time.value / 86'400.0 * 30.0 / 30.4375));
    stock.push_back(sample.value);
  }
  CHECK(stock.size() == 6);
}

TEST_CASE("supply: what is made beside the schedule adds to it", "[engine][supply]") {
  const World world = small_world();
  const Agenda agenda(world.horizon());
  Supply supply(world, agenda);
  CHECK(supply.whole_packages(kDomesticLine) == 0.0);
  supply.deposit(kDomesticLine, 1.75, 1.0);
  CHECK(supply.stock(kDomesticLine) == 1.75);
  CHECK(supply.whole_packages(kDomesticLine) == 1.0);
  supply.deposit(kDomesticLine, 0.25, 0.0);
  supply.take(kDomesticLine, 2.0);
  CHECK(supply.stock(kDomesticLine) == 0.0);
  CHECK(supply.made(kDomesticLine) == 0.0);  // Of this moment, and so of the month that begins.
}

}  // namespace
}  // namespace chokepoint
