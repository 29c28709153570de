#include "sim/indicators/regions.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/study/small_history.hpp"

namespace chokepoint {
namespace {

const Order& order_named(const World& world, const std::string& name) {
  for (const Order& order : world.orders) {
    if (order.name == name) return order;
  }
  FAIL(name);
  return world.orders.front();
}

TEST_CASE("regions: the site decides at home, elsewhere the user", "[history][yearly]") {
  const Country elsewhere("AE");
  CHECK(region_of(kHomeCountry, elsewhere) == Region::Mainland);
  CHECK(region_of(kHomeCountry, kHomeCountry) == Region::Mainland);
  CHECK(region_of(elsewhere, kHomeCountry) == Region::Offshore);
  CHECK(region_of(elsewhere, elsewhere) == Region::Abroad);
}

TEST_CASE("regions: an order, what it delivers and its pool lie in one", "[history][yearly]") {
  const World world = small_history_world();
  const auto region = [&](const std::string& name) {
    const Order& order = order_named(world, name);
    LedgerRow row;
    row.site_country = world.sites[world.pools[order.pool.value].site.value].country;
    row.user = order.user;
    CHECK(region_of(world, row) == region_of(world, order));
    CHECK(region_of(world, order.pool) == region_of(world, order));
    return region_of(world, order);
  };
  CHECK(region("lab_north/west_gpu") == Region::Mainland);
  CHECK(region("cloud_desert/west_gpu") == Region::Offshore);
}

TEST_CASE("regions: a pool elsewhere is abroad where nobody from home buys", "[history][yearly]") {
  World world = small_history_world();
  const PoolId pool = order_named(world, "cloud_desert/west_gpu").pool;
  world.buyers.clear();
  CHECK(region_of(world, pool) == Region::Abroad);
}

TEST_CASE("regions: pools offshore are called sites", "[history][yearly]") {
  CHECK(region_name(Region::Mainland) == "mainland");
  CHECK(pool_region_name(Region::Mainland) == "mainland");
  CHECK(region_name(Region::Offshore) == "offshore");
  CHECK(pool_region_name(Region::Offshore) == "offshore sites");
  CHECK(pool_region_name(Region::Abroad) == region_name(Region::Abroad));
}

}  // namespace
}  // namespace chokepoint
