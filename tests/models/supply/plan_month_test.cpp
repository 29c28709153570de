#include "models/supply/plan_month.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/models/supply/networks.hpp"

namespace chokepoint {
namespace {

double units(const MonthPlan& plan, std::size_t bill = 0) {
  return plan.devices[bill].units;
}

TEST_CASE("plan: wafers x dies per wafer x yield = good dies", "[supply]") {
  Accelerator a;
  const auto plan = plan_months(a.network.made, 1).front();
  CHECK(plan.stages[a.wafers.value].started == 100.0);
  CHECK(plan.stages[a.dies.value].started == Approx(100 * 50).epsilon(1e-12));
  CHECK(plan.stages[a.dies.value].finished == Approx(100 * 50 * 0.4).epsilon(1e-12));
  CHECK(units(plan) == Approx(2000));
  CHECK(plan.devices[0].bound_by == a.die);
}

TEST_CASE("plan: a device is built at the least of its components", "[supply]") {
  Accelerator a;
  a.network.at(a.hbm).capacity = always(4000);
  const auto by_hbm = plan_months(a.network.made, 1).front();
  CHECK(units(by_hbm) == Approx(1000));
  CHECK(by_hbm.devices[0].bound_by == a.stack);
  CHECK(by_hbm.after.stages[a.dies.value].stock == Approx(1000));  // Dies wait.
  a.network.at(a.packaging).capacity = always(300);
  const auto by_place = plan_months(a.network.made, 2);
  CHECK(units(by_place[0]) == Approx(300));
  CHECK(by_place[0].devices[0].bound_by == a.place);
  CHECK(units(by_place[1]) == Approx(300));  // Places do not wait.
  CHECK(by_place[1].after.stages[a.hbm.value].stock == Approx(2 * (4000 - 1200)));
}

TEST_CASE("plan: halving the yield binds dies once nothing else does, and not before", "[supply]") {
  Accelerator a;
  a.network.at(a.hbm).capacity = always(4000);  // 1000 devices; dies for 2000.
  const double free = total(plan_months(a.network.made, 12));
  a.network.at(a.dies).yield = fixed_yield(0.2);
  CHECK(total(plan_months(a.network.made, 12)) == Approx(free));
  a.network.at(a.dies).yield = fixed_yield(0.1);
  CHECK(total(plan_months(a.network.made, 12)) == Approx(free / 2));
  a.network.at(a.die_bank).stock.value = 5000;  // Ten months of what is missing.
  const auto banked = plan_months(a.network.made, 12);
  CHECK(units(banked[9]) == Approx(1000));
  CHECK(units(banked[10]) == Approx(500));
}

TEST_CASE("plan: a stockpile delays a shortage by its size over its use", "[supply]") {
  Accelerator a;
  a.network.at(a.hbm).capacity = step(8000, "2024-04-01", 0);  // A ban after three months.
  for (const int months : {0, 1, 5, 12}) {
    a.network.at(a.hbm).stock.value = months * 8000.0;
    const auto plans = plan_months(a.network.made, 20);
    int full = 0;
    for (const auto& plan : plans) full += units(plan) > 2000 - 1e-6;
    CHECK(full == 3 + months);
    CHECK(units(plans.back()) == 0.0);
    CHECK(plans.back().devices[0].bound_by == a.stack);
  }
}

TEST_CASE("plan: what is started is finished after its lead", "[supply]") {
  Accelerator a(4);
  const auto plans = plan_months(a.network.made, 6);
  CHECK(units(plans[3]) == 0.0);
  CHECK(units(plans[4]) == Approx(2000));
  CHECK(units(plans[5]) == Approx(2000));
}

TEST_CASE("plan: after the end of a device what has been started is finished", "[supply]") {
  Accelerator a(4);
  a.network.made.bills[0].launch = step(1.0, "2024-03-01", 0.0);
  const auto plans = plan_months(a.network.made, 12);
  CHECK(plans[2].stages[a.wafers.value].started == 0.0);
  CHECK(total(plans) == Approx(2 * 2000));
}

TEST_CASE("plan: packages of untested dies square the yield", "[supply]") {
  for (const bool known_good : {true, false}) {
    Accelerator a;
    a.network.made.bills[0].needs[0].units = 2.0;
    a.network.made.bills[0].needs[0].known_good = known_good;
    const auto plan = plan_months(a.network.made, 1).front();
    CHECK(units(plan) == Approx(100 * 25 * (known_good ? 0.4 : 0.4 * 0.4)));
    CHECK(plan.stages[a.dies.value].used == Approx(2000));
  }
}

TEST_CASE("plan: generations of HBM do not stand in for each other", "[supply]") {
  Accelerator a;
  a.network.at(a.hbm).capacity = always(0);
  const StageId newer = a.network.bank(StageKind::Memory, 1e9);
  const ComponentId newer_stack = a.network.component();
  a.network.flow(newer, newer_stack);
  CHECK(total(plan_months(a.network.made, 3)) == 0.0);
  a.network.made.bills[0].needs[1].component = newer_stack;
  CHECK(total(plan_months(a.network.made, 3)) == Approx(6000));
}

TEST_CASE("plan: a vendor divides a stage by launch weight, and the rest is not lost", "[supply]") {
  Accelerator a;
  const std::size_t second = a.network.bill(kA, a.network.made.bills[0].needs, 3.0);
  auto plan = plan_months(a.network.made, 1).front();
  CHECK(units(plan, 0) == Approx(500));
  CHECK(units(plan, second) == Approx(1500));

  const ComponentId none = a.network.component();  // Nothing supplies it.
  a.network.made.bills[second].needs.push_back({none, 1.0});
  plan = plan_months(a.network.made, 1).front();
  CHECK(units(plan, second) == 0.0);
  CHECK(plan.devices[second].bound_by == none);
  CHECK(units(plan, 0) == Approx(2000));
}

// A and B have dies of their own on the wafers of one fab.
struct TwoVendors {
  Network network;
  StageId wafers, bank;

  TwoVendors() {
    wafers = network.stage(StageKind::Wafers, 100);
    for (const OrgId vendor : {kA, kB}) {
      const StageId dies = network.stage(StageKind::Dies, std::nullopt);
      const ComponentId die = network.component();
      network.flow(wafers, dies, 10.0);
      network.flow(dies, die);
      network.bill(vendor, {{die}});
    }
  }
};

TEST_CASE("plan: claims divide a stage", "[supply]") {
  TwoVendors two;
  two.network.contract(two.wafers, kA, 0.3);
  two.network.contract(two.wafers, kB, 0.2);
  const auto plan = plan_months(two.network.made, 1).front();
  CHECK(units(plan, 0) == Approx(600));
  CHECK(units(plan, 1) == Approx(400));
}

TEST_CASE("plan: what a vendor does not use goes on to the other", "[supply]") {
  TwoVendors two;
  two.network.contract(two.wafers, kA, 0.4);
  two.network.contract(two.wafers, kB, 0.6);
  const auto plan = plan_months(two.network.made, 1, {}, {1e9, 100.0}).front();
  CHECK(units(plan, 0) == Approx(900));
  CHECK(units(plan, 1) == Approx(100));
  CHECK_FALSE(plan.devices[1].bound_by);
}

// 100 of 1000 wafers' dies are B's to start and unused; A may take half of its claim on top.
TEST_CASE("plan: leftovers are taken by claims, as far as their limit goes", "[supply]") {
  TwoVendors two;
  two.network.contract(two.wafers, kA, 0.4);
  two.network.contract(two.wafers, kB, 0.6);
  two.network.made.habits.leftover_limit.value = 0.5;
  const auto plan = plan_months(two.network.made, 1, {}, {1e9, 100.0}).front();
  CHECK(units(plan, 0) == Approx(400 + 200));
}

// Memory that nobody had started goes to those who claim it, and stays theirs.
TEST_CASE("plan: nobody builds of memory that another owns", "[supply]") {
  Network network;
  const StageId bank = network.bank(StageKind::Memory, 1000);
  const StageId places = network.stage(StageKind::Packaging, 100);
  const ComponentId stack = network.component(), place = network.component();
  network.flow(bank, stack);
  network.flow(places, place);
  network.bill(kA, {{stack}, {place}});
  network.bill(kB, {{stack}, {network.component()}});  // Which it cannot get.
  network.contract(bank, kA, 0.5);
  network.contract(bank, kB, 0.5);
  const auto plans = plan_months(network.made, 12);
  CHECK(units(plans[0]) == Approx(100));
  CHECK(total(plans) == Approx(500));
  CHECK(plans.back().after.owners.ready(1, bank, 1.0) == Approx(500));
  CHECK(plans.back().after.stages[bank.value].stock == Approx(500));
}

// A has wafers started for which it gets no memory. B builds of its own half of the fab alone.
TEST_CASE("plan: nobody builds of wafers that another has had started", "[supply]") {
  SharedFab shared(100.0, 0.5, 10.0);
  shared.bill_without_memory_for_a();
  const auto plans = plan_months(shared.network.made, 12);
  for (std::size_t month = 2; month < plans.size(); ++month) {
    CHECK(plans[month].devices[1].units == Approx(50.0 * 0.5 * 10.0));
    CHECK(plans[month].after.owners.ready(1, shared.fab, 0.5) == Approx(250.0 / 10.0));
  }
  CHECK(plans.back().after.stages[shared.fab.value].stock == Approx(10.0 * 25.0));
  // Capacity that A does not book is free for all.
  const auto alone = plan_months(shared.network.made, 12, {}, {0.0, 1e6});
  CHECK(alone.back().devices[1].units == Approx(100.0 * 0.5 * 10.0));
}

// From July on all of the fab is B's: A's pile stays A's.
TEST_CASE("plan: who gets a whole fab does not get what lies there", "[supply]") {
  SharedFab shared(100.0, 1.0);
  shared.bill_without_memory_for_a();
  shared.network.made.contracts[0].share = step(0.5, "2024-07-01", 0.0);
  shared.network.made.contracts[1].share = step(0.5, "2024-07-01", 1.0);
  for (const MonthPlan& plan : plan_months(shared.network.made, 18)) {
    double owned = 0.0;
    for (std::size_t v = 0; v < 2; ++v) {
      owned += plan.after.owners.ready(v, shared.fab, 0.0);
    }
    CHECK(owned == Approx(plan.after.stages[shared.fab.value].stock).margin(1e-9));
    CHECK(plan.devices[1].units <= 100.0 + 1e-9);
  }
}

// A has 400 lying for 100 a month, a lead of 2 months: (200 - 400) / 3 less than it wants are
// started. B wants the same component and has none.
TEST_CASE("plan: wafers of one vendor are no reason for another to start fewer", "[supply]") {
  Network network;
  const StageId fab = network.stage(StageKind::Wafers, 1'000.0, 1.0, 2);
  const ComponentId die = network.component();
  network.flow(fab, die);
  network.bill(kA, {{die}});
  network.bill(kB, {{die}});
  network.contract(fab, kA, 0.5);
  network.contract(fab, kB, 0.5);
  const StageGraph graph(network.made);
  SupplyState before = initial_state(network.made, kStart);
  before.stages[fab.value].stock = 400.0;
  before.owners = StockOwners(2, 1);
  for (const double started : {400.0, 0.0, 0.0}) {
    before.owners.close_month(0, fab, 1.0, 2, {0.0, started, 0.0});
    before.owners.close_month(1, fab, 1.0, 2, {0.0, 0.0, 0.0});
  }
  const MonthPlan plan = plan_month(graph, before, {kStart, {}, {100.0, 100.0}});
  CHECK(plan.started[0] == Approx(100.0 + (200.0 - 400.0) / 3.0));
  CHECK(plan.started[1] == Approx(100.0));
  CHECK(plan.devices[0].units == Approx(100.0));
  CHECK(plan.devices[1].units == 0.0);
}

TEST_CASE("plan: nobody builds what nobody wants", "[supply]") {
  Accelerator a(2);
  const auto plans = plan_months(a.network.made, 24, {}, {500.0});
  for (std::size_t m = 2; m < plans.size(); ++m) {
    REQUIRE(units(plans[m]) == Approx(500));
    REQUIRE(plans[m].stages[a.wafers.value].started == Approx(500 / (50 * 0.4)));
  }
  // Two months under way and none in stock: a third is only there while it is used.
  CHECK(plans.back().after.stages[a.dies.value].stock == Approx(0.0).margin(1e-6));

  a.network.at(a.die_bank).stock.value = 10'000;  // 20 months of it: wafers can wait.
  const auto banked = plan_months(a.network.made, 60, {}, {500.0});
  CHECK(banked[0].stages[a.wafers.value].started == 0.0);
  CHECK(total(banked) == Approx(60 * 500));
  CHECK(banked.back().stages[a.wafers.value].started == Approx(25));
  for (std::size_t m = 1; m < banked.size(); ++m) {  // Nobody starts all, then nothing, then all.
    CHECK(banked[m].stages[a.wafers.value].started >=
          banked[m - 1].stages[a.wafers.value].started - 1e-9);
  }
}

TEST_CASE("plan: an import is what governments let in", "[supply]") {
  Accelerator a;
  std::vector<StageGate> gates(a.network.made.stages.size());
  gates[a.hbm.value].inflow_share = 0.1;
  CHECK(units(plan_months(a.network.made, 1, gates).front()) == Approx(500));
}

TEST_CASE("plan: practice improves a yield", "[supply]") {
  Accelerator a;
  a.network.at(a.hbm).capacity = always(1e9);
  a.network.at(a.dies).yield = {{0.2, {}}, {0.6, {}}, {10'000.0, {}}};
  const auto plans = plan_months(a.network.made, 24);
  CHECK(units(plans[0]) == Approx(5000 * 0.2));
  CHECK(units(plans[2]) == Approx(5000 * (0.6 - 0.4 / std::exp(1.0))));
  for (std::size_t m = 1; m < plans.size(); ++m) CHECK(units(plans[m]) > units(plans[m - 1]));
}

}  // namespace
}  // namespace chokepoint
