#include "sim/engine/datacenter/sites.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "tests/sim/engine/in_child.hpp"
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

}  // namespace
}  // namespace chokepoint
