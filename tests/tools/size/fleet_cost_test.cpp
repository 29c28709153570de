#include "tools/size/fleet_cost.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

// 1 kW at PUE 1.5 and $0.10/kWh is $0.15 an hour; $8,766 over a year of 8,766 hours is $1 an hour.
DeviceUpkeep upkeep() {
  DeviceUpkeep one;
  one.power = Watts{1000};
  one.pue = 1.5;
  one.electricity = UsdPerJoule{0.10 / 3.6e6};
  one.price = Usd{8766};
  one.life = Seconds{8766 * 3600.0};
  return one;
}

TEST_CASE("fleet cost: power and price of all devices, all the time", "[size]") {
  const FleetCost cost = fleet_cost(upkeep(), 10, 1000);
  CHECK(cost.power.value == Approx(15'000));
  CHECK(cost.per_month->value == Approx(10 * 1.15 * 730.5));
  CHECK(*cost.usd_per_million_tokens == Approx(10 * 1.15 / 3600 / 1000 * 1e6));
}

TEST_CASE("fleet cost: it grows with the devices, and a lower price never makes it dearer",
          "[size]") {
  double before = 0;
  for (const double price : {0.0, 1000.0, 5000.0, 50'000.0}) {
    DeviceUpkeep one = upkeep();
    one.price = Usd{price};
    const double month = fleet_cost(one, 10, 1000).per_month->value;
    CHECK(month > before);
    CHECK(fleet_cost(one, 20, 1000).per_month->value == Approx(2 * month));
    before = month;
  }
}

TEST_CASE("fleet cost: without a price there is power alone", "[size]") {
  DeviceUpkeep one = upkeep();
  one.price.reset();
  const FleetCost cost = fleet_cost(one, 10, 1000);
  CHECK(cost.power.value > 0);
  CHECK_FALSE(cost.per_month);
  CHECK_FALSE(cost.usd_per_million_tokens);
}

}  // namespace
}  // namespace chokepoint
