#include "sim/engine/service.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

/// One service on half of 16 nodes, asked for `demand` tokens per second all year.
World service_world(double demand) {
  World world = small_world();
  world.orders.clear();
  world.stocks = {small_stock(128.0)};
  InferenceService service;
  service.name = "service";
  service.transformer = TransformerId{0};
  service.request = {Tokens{1'000.0}, Tokens{500.0}, 32.0};
  service.demand.value = TokensPerSecond{demand};
  service.growth_per_year.value = 1.0;
  service.shares = {{kForeignPool, 0.5}};
  world.services = {service};
  world.pools[0].serving_share = 0.5;
  return world;
}

TEST_CASE("service: served and unmet add up to demand, served stays below capacity",
          "[engine][service]") {
  const double capacity =
      only<WindowServed>(facts_of(service_world(1.0)))[0].capacity.value / 86'400.0;
  World world = service_world(capacity);
  world.services[0].demand_variation.value = 0.3;
  const auto windows = only<WindowServed>(facts_of(world));
  REQUIRE(windows.size() == 365);
  int short_days = 0;
  for (const auto& window : windows) {
    CHECK((window.served + window.unmet).value == Approx(window.demand.value));
    CHECK(window.served <= window.capacity);
    if (window.unmet > Tokens{}) ++short_days;
  }
  // The median of a lognormal demand of mean `capacity` lies below it: between a third and half.
  CHECK(short_days > 365 / 3);
  CHECK(short_days < 365 / 2);
}

TEST_CASE("service: the last window ends with the run", "[engine][service]") {
  World world = service_world(10.0);
  world.services[0].window = 48_hours;
  const auto windows = only<WindowServed>(facts_of(world));
  REQUIRE(windows.size() == 183);
  CHECK(windows.back().time == world.horizon());
  CHECK(windows.back().length == 1_days);
  CHECK(windows.back().demand.value == Approx(10.0 * 86'400.0));
  CHECK(windows.front().demand.value == Approx(20.0 * 86'400.0));
}

TEST_CASE("service: twice the devices have twice the capacity", "[engine][service]") {
  World world = service_world(1.0);
  const auto once = only<WindowServed>(facts_of(world));
  world.stocks[0].units.value *= 2.0;
  const auto twice = only<WindowServed>(facts_of(world));
  CHECK(twice[7].capacity.value == Approx(2.0 * once[7].capacity.value));
}

TEST_CASE("service: another service does not shift the draws of this one", "[engine][service]") {
  World world = service_world(10.0);
  world.services[0].demand_variation.value = 0.3;
  const auto alone = only<WindowServed>(facts_of(world));
  InferenceService other = world.services[0];
  other.name = "other";
  world.services.insert(world.services.begin(), other);
  std::size_t compared = 0;
  for (const auto& window : only<WindowServed>(facts_of(world))) {
    if (window.service == ServiceId{1}) CHECK(window.demand == alone.at(compared++).demand);
  }
  CHECK(compared == alone.size());
}

// Eight nodes of 10 kW work at the window's utilization, eight idle at a fifth, with a PUE of 1.25.
TEST_CASE("service: its nodes draw power as far as they are used", "[engine][service]") {
  const auto facts = facts_of(service_world(1'000.0));
  const auto window = only<WindowServed>(facts)[0];
  const double used = window.served / window.capacity;
  REQUIRE(used > 0.0);
  for (const auto& sample : only<CounterSampled>(facts)) {
    if (sample.counter != Counter::SitePower || sample.index != kSite.value) continue;
    CHECK(sample.value == Approx(1.25 * (8 * 10e3 * (0.2 + 0.8 * used) + 8 * 2e3)));
  }
}

TEST_CASE("service: the counter of served tokens is the sum of its windows", "[engine][service]") {
  const auto facts = facts_of(service_world(1e9));
  Tokens served;
  for (const auto& window : only<WindowServed>(facts)) served += window.served;
  double counted = 0.0;
  for (const auto& sample : only<CounterSampled>(facts)) {
    if (sample.counter == Counter::TokensServed) counted = sample.value;
  }
  CHECK(counted == Approx(served.value));
  CHECK(counted > 0.0);
}

}  // namespace
}  // namespace chokepoint
