#include "sim/study/forecast/shown_figures.hpp"

#include <catch2/catch.hpp>

#include "sim/sweep/information_set.hpp"
#include "sim/sweep/replicas.hpp"
#include "tests/day.hpp"
#include "tests/sim/study/small_history.hpp"

namespace chokepoint {
namespace {

// 10 packages delivered on the first of each month but for November.
TEST_CASE("shown figures: a run shows every figure of a period that it covers", "[history]") {
  World world = small_history_world();
  Ledger ledger(world);
  for (int month = 0; month < 10; ++month) {
    ShipmentDelivered fact;
    fact.time = world.calendar().at(add_months(world.first_day(), month));
    fact.order = world.blanket_orders[0].order;
    fact.device = DeviceId{1};
    fact.units = 10.0;
    ledger.record(fact);
  }
  CHECK(shown_figures(world, ledger) == ShownFigures{{{"east_units", "Q1"}, 30.0},
                                                     {{"east_units", "Q2"}, 30.0},
                                                     {{"east_units", "Q3"}, 30.0},
                                                     {{"east_units", "Q4"}, 10.0}});
  world.end = day("2025-09-30");  // A day short of the third quarter.
  CHECK(shown_figures(world, ledger).size() == 2);
  world.start = day("2025-01-02");
  CHECK(shown_figures(world, ledger).size() == 1);
}

TEST_CASE("shown figures: a run fills a ledger", "[history]") {
  const World world = small_history_world();
  const auto runs = run_replicas(
      2, 2,
      [&](int) {
        pb::RunFigures found;
        add_shown(shown_figures(world, ledger_of(world)), found);
        return found;
      },
      [](int) {});
  const ShownFigures shown = shown_in(runs[0]);
  CHECK(shown == shown_in(runs[1]));
  CHECK(shown.size() == 4);
  for (const auto& [key, units] : shown) CHECK(units > 0.0);
}

}  // namespace
}  // namespace chokepoint
