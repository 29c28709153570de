#include "sim/engine/economy/list_prices.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/engine/small_economy.hpp"

namespace chokepoint {
namespace {

World moving_world(double response) {
  World world = small_economy();
  world.choice.list.response.value = response;
  world.choice.list.max_step_per_month.value = 0.02;
  world.choice.list_floor.value = 0.9;
  world.choice.list_ceiling.value = 1.1;
  return world;
}

/// The first offer's list price after months in which 100 were sold and `unmet` more wanted.
double list_after(const World& world, int months, double unmet) {
  ListPrices prices(world);
  for (int month = 0; month < months; ++month) {
    std::vector<double> sold(world.offers.size(), 100.0), short_of(world.offers.size(), 0.0);
    short_of[0] = unmet;
    prices.close_month(sold, short_of);
  }
  return prices.list(0, world.first_day()).value;
}

TEST_CASE("list prices: they stay as written where nobody moves them or nothing is short",
          "[engine][list_prices]") {
  const double written = value_on(small_economy().offers[0].price, small_economy().first_day());
  CHECK(list_after(moving_world(0.0), 24, 1e6) == written);
  CHECK(list_after(moving_world(0.5), 24, 0.0) == written);
}

TEST_CASE("list prices: they rise slowly with what is short, and stop", "[engine][list_prices]") {
  const World world = moving_world(0.01);
  const double written = list_after(world, 0, 0.0);
  CHECK(list_after(world, 1, 50.0) == Approx(1.005 * written));
  CHECK(list_after(world, 1, 1e9) == Approx(1.02 * written));
  CHECK(list_after(world, 24, 1e9) == Approx(1.1 * written));
  double last = written;
  for (const double unmet : {1.0, 10.0, 100.0, 1'000.0}) {
    CHECK(list_after(world, 3, unmet) >= last);
    last = list_after(world, 3, unmet);
  }
}

TEST_CASE("list prices: what is not on sale has none", "[engine][list_prices]") {
  World world = moving_world(0.01);
  world.offers[0].price = from_day("2099-01-01", 1.0);
  CHECK(list_after(world, 3, 1e9) == 0.0);
}

}  // namespace
}  // namespace chokepoint
