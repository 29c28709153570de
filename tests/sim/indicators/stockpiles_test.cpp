#include "sim/indicators/stockpiles.hpp"

#include <catch2/catch.hpp>

#include "sim/indicators/yearly.hpp"
#include "tests/sim/study/small_history.hpp"

namespace chokepoint {
namespace {

void made(const World& world, Ledger& ledger, std::string_view day, double all, double of_stock) {
  const Seconds time = world.calendar().at(parse_date(day).value());
  ledger.record(CounterSampled{time, Counter::DevicesMade, 0, all});
  ledger.record(CounterSampled{time, Counter::MadeOfStockpiles, 0, of_stock});
}

TEST_CASE("stockpiles: a year has what was made in it", "[history][yearly]") {
  const World world = small_history_world();
  Ledger ledger(world);
  made(world, ledger, "2026-01-01", 100.0, 40.0);  // The end of 2025.
  made(world, ledger, "2027-01-01", 300.0, 50.0);
  const Stockpiles stockpiles(world, ledger);
  const DeviceId device = world.supplies[0].device;
  CHECK(stockpiles.share(device, 2025) == Approx(0.4));
  CHECK(stockpiles.share(device, 2026) == Approx(0.05));
  CHECK(stockpiles.share(device, 2027) == 0.0);
}

}  // namespace
}  // namespace chokepoint
