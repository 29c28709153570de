#include "sim/indicators/stocks.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/indicators/made_events.hpp"

namespace chokepoint::stocks_test {
namespace {

/// 8 packages of device "h20" in pool "north/h20", and as many of "910c" in its pool.
World world_with_stocks() {
  World world = made::world();
  for (const PoolId pool : {PoolId{0}, PoolId{1}}) {
    ChipStock& stock = world.stocks.emplace_back();
    stock.pool = pool;
    stock.owner = stock.user = OrgId{2};
    stock.units.value = 8.0;
  }
  return world;
}

TEST_CASE("stocks: what is in place at the start is of its pool's device", "[indicators][stocks]") {
  const World world = world_with_stocks();
  const Stocks stocks = initial_stocks(world);
  REQUIRE(stocks.size() == 2);
  const auto names = stocks.rbegin()->first.names(world);
  CHECK(std::get<0>(names) == "h20");
  CHECK(std::get<1>(names) == "CN");
  CHECK(std::get<2>(names) == "north/h20");
  CHECK(std::get<3>(names) == "alibaba");
  CHECK(std::get<5>(names) == "mixed");
  CHECK(std::get<6>(names) == "legal");
  CHECK(std::get<7>(names) == "merchant");
  CHECK(stocks.rbegin()->second == 8.0);
}

TEST_CASE("stocks: a delivery joins chips that share everything with it, and no others",
          "[indicators][stocks]") {
  const World world = world_with_stocks();
  Stocks stocks = initial_stocks(world);
  ShipmentDelivered delivered = made::delivered("2025-06-15", 4);
  add_delivery(delivered, stocks);
  CHECK(stocks.size() == 2);
  CHECK(stocks.rbegin()->second == 12.0);
  delivered.stock.status = LegalStatus::Licensed;
  add_delivery(delivered, stocks);
  CHECK(stocks.size() == 3);
}

}  // namespace
}  // namespace chokepoint::stocks_test
