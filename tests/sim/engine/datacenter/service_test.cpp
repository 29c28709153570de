#include "sim/engine/datacenter/service.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/sim/engine/small_economy.hpp"

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
  service.request = {Tokens{1'000.0}, Tokens{500.0}, {Seconds{0.05}, {}}};
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

/// Demand of 1 token a second at a cost of 1 dollar per million, on devices of 10,000 dollars.
World elastic_world(double elasticity) {
  World world = service_world(0.0);
  world.choice = plain_habits();
  Offer offer;
  offer.device = world.pools[0].device;
  offer.price = flat(10'000.0);
  world.offers = {offer};
  TokenDemand demand;
  demand.rate = flat(1.0);
  demand.reference_cost.value = UsdPerToken{1e-6};
  demand.elasticity.value = elasticity;
  world.services[0].elastic = demand;
  return world;
}

double cost_of(const World& world) {
  double cost = 0.0;
  for (const auto& sample : only<CounterSampled>(facts_of(world))) {
    if (sample.counter == Counter::TokenCost) cost = sample.value;
  }
  return cost;
}

TEST_CASE("service: demand answers to what a token costs", "[engine][service]") {
  const auto demand = [](double elasticity) {
    return only<WindowServed>(facts_of(elastic_world(elasticity)))[3].demand.value / 86'400.0;
  };
  const double cost = cost_of(elastic_world(0.7));
  REQUIRE(cost > 0.0);
  CHECK(demand(0.0) == Approx(1.0));
  CHECK(demand(0.7) == Approx(std::pow(cost, -0.7)));
  CHECK(demand(1.4) == Approx(demand(0.7) * demand(0.7)));
}

TEST_CASE("service: a token costs its chips, hosts and electricity at full load",
          "[engine][service]") {
  const World world = elastic_world(0.0);
  const auto window = only<WindowServed>(facts_of(world))[3];
  const double per_second = window.capacity.value / 86'400.0;
  const double month_s = 365.25 / 12.0 * 86'400.0;
  // 64 devices: half of the nodes. A node of 10 kW has eight, the PUE is 1.25.
  const double devices = 64.0;
  const double monthly =
      devices * ((10'000.0 + 10'000.0) / 48.0 + 10.0 / 8.0 * 1.25 * month_s / 3'600.0 * 0.1);
  CHECK(cost_of(world) == Approx(monthly / (per_second * month_s) * 1e6));
  World dearer = world;
  dearer.offers[0].price = flat(20'000.0);
  CHECK(cost_of(dearer) > cost_of(world));
}

TEST_CASE("service: without power nothing is served, and demand is that of the reference",
          "[engine][service]") {
  World world = elastic_world(0.7);
  world.stocks.clear();
  const auto window = only<WindowServed>(facts_of(world))[3];
  CHECK(window.served == Tokens{});
  CHECK(window.demand.value == Approx(86'400.0));
  CHECK(cost_of(world) == 0.0);
}

TEST_CASE("service: windows that are written follow each other, and nothing comes after",
          "[engine][service]") {
  World world = service_world(1.0);
  world.end = world.start + std::chrono::days{3};
  world.services[0].windows = {{12_hours, Tokens{600.0}}, {24_hours, Tokens{900.0}}};
  const auto windows = only<WindowServed>(facts_of(world));
  REQUIRE(windows.size() == 3);
  CHECK(windows[0].time == 12_hours);
  CHECK(windows[0].demand.value == Approx(600));
  CHECK(windows[1].time == 36_hours);
  CHECK(windows[1].demand.value == Approx(900));
  CHECK(windows[2].time == 72_hours);
  CHECK(windows[2].demand == Tokens{});
}

}  // namespace
}  // namespace chokepoint
