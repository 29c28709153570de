#include "sim/engine/datacenter/sites.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/lending_world.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

// A node of 10 kW draws 12.5 kW with a PUE of 1.25, and 2.5 kW idle.
TEST_CASE("sites: busy, serving and idle nodes draw what each does", "[engine][sites]") {
  const World world = small_world();
  Sites sites(world);
  sites.install(kForeignPool, 87.0, 0_s);  // 10 nodes and 7 packages that fill none.
  CHECK(sites.installed(kForeignPool) == 87.0);
  CHECK(sites.powered_devices(kForeignPool) == 80.0);
  CHECK(sites.power(kSite).value == Approx(10 * 2.5e3));
  sites.set_busy(kForeignPool, 4, 0_s);
  CHECK(sites.power(kSite).value == Approx(4 * 12.5e3 + 6 * 2.5e3));
  sites.set_serving(kForeignPool, ServiceId{0}, 2.5, 0.5, 0_s);
  CHECK(sites.power(kSite).value == Approx(4 * 12.5e3 + 2.5 * 7.5e3 + 3.5 * 2.5e3));
  CHECK(sites.power(kBackup) == Watts{});
}

TEST_CASE("sites: the power cap leaves later nodes dark", "[engine][sites]") {
  World world = small_world();
  world.sites[0].power_cap.value = Watts{100e3};  // Eight nodes.
  Sites sites(world);
  int told = 0;
  sites.on_powered([&] { ++told; });
  sites.install(kForeignPool, 40.0, 0_s);
  sites.install(kDomesticPool, 40.0, 1_s);
  sites.install(kForeignPool, 40.0, 2_s);
  CHECK(sites.states()[kForeignPool.value].powered_nodes == 5);
  CHECK(sites.states()[kDomesticPool.value].powered_nodes == 3);
  CHECK(sites.installed(kForeignPool) == 80.0);
  CHECK(told == 3);
}

TEST_CASE("sites: energy is the integral of power", "[engine][sites]") {
  const World world = small_world();
  Sites sites(world);
  std::mt19937 random(3);
  double integral = 0.0;
  Seconds now;
  for (int i = 0; i < 500; ++i) {
    const Seconds step{static_cast<double>(random() % 10'000)};
    integral += (sites.power(kSite) * step).value;
    now += step;
    const NodeCount powered = sites.states()[kForeignPool.value].powered_nodes;
    switch (random() % 3) {
      case 0:
        sites.install(kForeignPool, static_cast<double>(random() % 40), now);
        break;
      case 1:
        sites.set_busy(kForeignPool, powered / 2, now);
        break;
      default:
        sites.set_serving(kForeignPool, ServiceId{0}, static_cast<double>(powered) * 0.3,
                          static_cast<double>(random() % 100) / 100.0, now);
    }
    REQUIRE(sites.energy(kSite, now).value == Approx(integral));
  }
  CHECK(integral > 0.0);
}

TEST_CASE("sites: what is retired leaves, the oldest nodes first", "[engine][sites]") {
  World world = small_world();
  world.sites[0].power_cap.value = Watts{100e3};  // Eight nodes.
  Sites sites(world);
  sites.install(kForeignPool, 48.0, 0_s);
  sites.install(kDomesticPool, 48.0, 1_s);
  CHECK(sites.states()[kDomesticPool.value].powered_nodes == 2);
  sites.retire(kForeignPool, 20.0, 2_s);  // Two nodes and a half: the third is broken.
  CHECK(sites.installed(kForeignPool) == 28.0);
  CHECK(sites.states()[kForeignPool.value].powered_nodes == 3);
  CHECK(sites.states()[kDomesticPool.value].powered_nodes == 5);
  sites.retire(kForeignPool, 28.0, 3_s);
  CHECK(sites.installed(kForeignPool) == 0.0);
  CHECK(sites.states()[kDomesticPool.value].powered_nodes == 6);
}

TEST_CASE("sites: to install and to retire the same leaves no trace but energy",
          "[engine][sites]") {
  const World world = small_world();
  std::mt19937 random(5);
  for (int i = 0; i < 50; ++i) {
    Sites sites(world);
    sites.install(kForeignPool, static_cast<double>(random() % 100), 0_s);
    const auto before = sites.power(kSite);
    const double packages = static_cast<double>(random() % 100);
    sites.install(kForeignPool, packages, 1_s);
    sites.retire(kForeignPool, packages, 2_s);
    CHECK(sites.power(kSite) == before);
    CHECK(sites.energy(kSite, 2_s).value >= before.value * 2.0);
  }
}

// Two jobs of 16 packages hold 4 nodes when those are taken out after a month.
TEST_CASE("sites: jobs outlive the nodes that they run on", "[engine][sites]") {
  World world = small_world();
  world.orders.clear();
  world.choice.retirement_months.value = 1.0;
  world.stocks = {small_stock(32.0)};
  const double month = 30.0 * 86'400.0 * 16.0 * 1'000.0;  // Tokens of 16 packages.
  world.training_jobs = {small_job(2.0 * month, 16), small_job(4.0 * month, 16)};
  const auto facts = facts_of(world);
  CHECK(only<JobPlaced>(facts).size() == 2);
  CHECK(only<RunEnded>(facts).size() == 1);
  CHECK(only<JobFinished>(facts).size() + only<JobUnfinished>(facts).size() == 2);
}

TEST_CASE("sites: packages stand for as long as buyers use them", "[engine][sites]") {
  World world = small_world();
  world.orders[0].tranches[0].months = 1;
  world.choice.retirement_months.value = 2.0;
  world.sample_period = 1_days;
  int days = 0;
  for (const auto& sample : only<CounterSampled>(facts_of(world))) {
    const bool is_it = sample.counter == Counter::DevicesInstalled && sample.index == 0;
    days += is_it && sample.value == 100.0 ? 1 : 0;
    if (is_it) CHECK((sample.value == 0.0 || sample.value == 100.0));
  }
  CHECK(days == 61);  // Two months of 30.4 days.
}

// Eight nodes of a gang and four of a service, of sixteen with power, over ten days. A node has
// eight packages of 5,000 USD with hosts of 1,000, written off over 1,000 days: 480 USD.
TEST_CASE("sites: nodes are paid by who holds them, electricity by the hours of nodes",
          "[engine][sites]") {
  LendingCase one;
  one.nodes = 16;
  one.of_service = 4;
  one.hours = 24.0;
  one.demand.assign(10, 0.5);
  one.gangs = {8};
  one.days_of_work = 100.0;
  World world = reserving_world(one, full_rate(one));
  SiteCosts costs;
  costs.host.value = Usd{1'000.0};
  costs.life.value = 1'000_days;
  costs.electricity_usd_per_kwh.value = 0.1;
  world.sites[0].costs = costs;
  const auto facts = facts_of(world);
  const double power = last_of(facts, Counter::SiteEnergy) / 3.6e6 * 0.1;
  CHECK(last_of(facts, Counter::CostOfTraining) == Approx(8 * 480.0 + power * 8 / 16));
  CHECK(last_of(facts, Counter::CostOfServing) == Approx(4 * 480.0 + power * 4 / 16));
  CHECK(last_of(facts, Counter::CostOfIdle) == Approx(4 * 480.0 + power * 4 / 16));
  CHECK(last_of(facts, Counter::TokensServedThere) == Approx(served(facts)));
  CHECK(last_of(facts, Counter::TrainingFlopsThere) ==
        Approx(last_of(facts, Counter::TrainingFlops)));
  world.sites[0].costs.reset();
  for (const auto& sample : only<CounterSampled>(facts_of(world))) {
    CHECK(sample.counter < Counter::CostOfServing);
  }
}

TEST_CASE("sites: what gangs trained before they were stopped is paid and counted as well",
          "[engine][sites]") {
  LendingCase one;
  one.hours = 12.0;
  one.demand = {0.0, 1.0, 0.0, 1.0};
  one.gangs = {16};
  one.days_of_work = 100.0;
  one.minutes = 30.0;  // Enough to save.
  World world = lending_world(one, full_rate(one));
  world.sites[0].costs = SiteCosts{};
  world.sites[0].costs->life.value = 1'000_days;
  const auto facts = facts_of(world);
  REQUIRE(only<JobTakenBack>(facts).size() == 2);
  CHECK(last_of(facts, Counter::TrainingFlopsThere) ==
        Approx(last_of(facts, Counter::TrainingFlops)));
  // One day of two on 16 of 24 nodes; a third of that are lent ones.
  CHECK(last_of(facts, Counter::CostOfTraining) == Approx(16 * 8 * 5'000.0 / 1'000));
  CHECK(last_of(facts, Counter::LentNodeHours) == Approx(24.0 * 4));
  CHECK(last_of(facts, Counter::LentFlops) == Approx(last_of(facts, Counter::TrainingFlops) / 4));
}

}  // namespace
}  // namespace chokepoint
