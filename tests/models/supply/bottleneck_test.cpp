#include "models/supply/bottleneck.hpp"

#include <catch2/catch.hpp>

#include "tests/models/supply/networks.hpp"

namespace chokepoint {
namespace {

// The price of one kind of thing at a stage; 0 where it is not listed.
double price(const Bottleneck& found, Scarce what, StageId stage) {
  for (const ShadowPrice& one : found.prices) {
    if (one.what == what && one.stage == stage) return one.devices;
  }
  return 0.0;
}

double price(const Bottleneck& found, ComponentId component) {
  for (const ShadowPrice& one : found.prices) {
    if (one.component == component) return one.devices;
  }
  return -1.0;
}

Bottleneck first_month(const SupplyNetwork& network, std::size_t bill = 0) {
  return bottleneck(StageGraph(network), plan_months(network, 1).front(), bill);
}

TEST_CASE("bottleneck: wafers are worth the devices that they become", "[supply]") {
  for (const int lead : {0, 4}) {
    Accelerator a(lead);  // Dies for 2000, stacks for 5000.
    const auto found = first_month(a.network.made);
    CHECK(found.units == Approx(2000));
    CHECK(found.cut_capacity == Approx(2000));
    CHECK(found.component == a.die);
    CHECK(found.cut == std::vector<StageId>{a.wafers});
    CHECK(price(found, Scarce::Capacity, a.wafers) == Approx(20));
    CHECK(price(found, Scarce::Stock, a.die_bank) == Approx(1));
    CHECK(price(found, a.die) == Approx(1));
    CHECK(price(found, a.stack) == 0.0);
    CHECK(found.prices.front().stage == a.wafers);
  }
}

TEST_CASE("bottleneck: memory binds with a quarter of a device a stack", "[supply]") {
  Accelerator a;
  a.network.at(a.hbm).capacity = always(4000);
  const auto found = first_month(a.network.made);
  CHECK(found.component == a.stack);
  CHECK(found.cut == std::vector<StageId>{a.hbm});
  CHECK(price(found, Scarce::Capacity, a.hbm) == Approx(0.25));
  CHECK(price(found, Scarce::Capacity, a.wafers) == 0.0);
}

TEST_CASE("bottleneck: two components that bind at once are worth nothing alone", "[supply]") {
  Accelerator a;
  a.network.at(a.hbm).capacity = always(8000);  // 2000 devices, as the dies.
  const auto found = first_month(a.network.made);
  CHECK(found.component == a.die);
  for (const ShadowPrice& one : found.prices) CHECK(one.devices == 0.0);
}

TEST_CASE("bottleneck: a price ends where the next thing binds", "[supply]") {
  Accelerator a;
  a.network.at(a.packaging).capacity = always(2005);
  // A wafer more makes 20 dies, but there are 5 places.
  CHECK(price(first_month(a.network.made), Scarce::Capacity, a.wafers) == Approx(5));
}

TEST_CASE("bottleneck: a bank in use is in the cut, an empty one where there is nothing else",
          "[supply]") {
  Accelerator a;
  a.network.at(a.die_bank).stock.value = 300;
  const auto found = first_month(a.network.made);
  CHECK(found.units == Approx(2300));
  CHECK(found.cut == std::vector<StageId>{a.wafers, a.die_bank});

  Network network;
  const StageId bank = network.bank(StageKind::Dies, 0);
  const ComponentId die = network.component();
  network.flow(bank, die);
  network.bill(OrgId{0}, {{die}});
  CHECK(first_month(network.made).cut == std::vector<StageId>{bank});
}

TEST_CASE("bottleneck: a closed border is in the cut", "[supply]") {
  Accelerator a;
  std::vector<StageGate> gates(a.network.made.stages.size());
  gates[a.hbm.value].inflow_share = 0.0;
  const auto plan = plan_months(a.network.made, 1, gates).front();
  const auto found = bottleneck(StageGraph(a.network.made), plan, 0);
  CHECK(found.units == 0.0);
  CHECK(found.cut == std::vector<StageId>{a.hbm});
  CHECK(price(found, Scarce::Capacity, a.hbm) == Approx(0.25));
}

TEST_CASE("bottleneck: what others use is not there", "[supply]") {
  Accelerator a;
  a.network.bill(OrgId{0}, a.network.made.bills[0].needs, 3.0);
  CHECK(first_month(a.network.made, 0).units == Approx(500));
  CHECK(first_month(a.network.made, 1).units == Approx(1500));
}

// Of A's 25 wafers nobody else builds: B uses its own, which are due.
TEST_CASE("bottleneck: what others use of their own wafers is not missing", "[supply]") {
  SharedFab shared(100.0, 0.5);
  shared.network.bill(kA, {{shared.of_a}});
  shared.network.bill(kB, {{shared.of_b}});
  const StageId fab = shared.fab;
  const StageGraph graph(shared.network.made);
  SupplyState before = initial_state(shared.network.made, kStart);
  before.stages[fab.value].stock = 25.0;
  before.stages[fab.value].work = {100.0, 0.0};
  before.owners = StockOwners(2, 1);
  const double started[3][2] = {{50.0, 0.0}, {0.0, 100.0}, {0.0, 0.0}};
  for (const auto& [of_a, of_b] : started) {
    before.owners.close_month(0, fab, 0.5, 2, {0.0, of_a, 0.0});
    before.owners.close_month(1, fab, 0.5, 2, {0.0, of_b, 0.0});
  }
  const MonthPlan plan = plan_month(graph, before, {kStart, {}, {0.0, 50.0}});
  REQUIRE(plan.devices[1].units == Approx(50.0));
  CHECK(plan.own_stock[0] == Approx(25.0));
  CHECK(plan.own_stock[1] == Approx(0.0));
  const double capacity = 100.0 - plan.started[1];
  CHECK(bottleneck(graph, plan, 0).units == Approx(25.0 + capacity * 0.5));
}

TEST_CASE("bottleneck: a device that is not made has none", "[supply]") {
  Accelerator a;
  a.network.made.bills[0].launch = step(0.0, "2030-01-01", 1.0);
  const auto found = first_month(a.network.made);
  CHECK_FALSE(found.component);
  CHECK(found.prices.empty());
}

}  // namespace
}  // namespace chokepoint
