#include "models/market/substitution.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

namespace chokepoint {
namespace {

TEST_CASE("substitution: offers are bought out in order of preference", "[market][substitution]") {
  const auto bought = spend_on_domestic(
      Usd{1000}, {{PoolId{1}, SupplyId{1}, Usd{100}, 4.9}, {PoolId{2}, SupplyId{2}, Usd{70}, 99}});
  REQUIRE(bought.size() == 2);
  CHECK(bought[0].pool == PoolId{1});
  CHECK(bought[0].supply == SupplyId{1});
  CHECK(bought[0].units == 4);  // Whole packages of the 4.9 that there are.
  CHECK(bought[0].cost == Usd{400});
  CHECK(bought[1].pool == PoolId{2});
  CHECK(bought[1].units == 8);  // 600 / 70 = 8.57.
  CHECK(bought[1].cost == Usd{560});
}

TEST_CASE("substitution: offers of one supply share it", "[market][substitution]") {
  const auto bought = spend_on_domestic(
      Usd{1e9}, {{PoolId{1}, SupplyId{1}, Usd{100}, 10}, {PoolId{2}, SupplyId{1}, Usd{90}, 10}});
  REQUIRE(bought.size() == 1);
  CHECK(bought[0].units == 10);
}

TEST_CASE("substitution: nothing without money, offers or stock", "[market][substitution]") {
  CHECK(spend_on_domestic(Usd{1e6}, {}).empty());
  CHECK(spend_on_domestic(Usd{0}, {{PoolId{1}, SupplyId{1}, Usd{1}, 10}}).empty());
  CHECK(spend_on_domestic(Usd{99}, {{PoolId{1}, SupplyId{1}, Usd{100}, 10}}).empty());
  CHECK(spend_on_domestic(Usd{1e6}, {{PoolId{1}, SupplyId{1}, Usd{1}, 0.9}}).empty());
}

// The budget is one bit short of 72 packages, and the quotient rounds up to 72.
TEST_CASE("substitution: not even a rounding error exceeds the budget", "[market][substitution]") {
  const Usd price{360.8};
  const Usd budget{std::nextafter((72.0 * price).value, 0.0)};
  REQUIRE(std::floor(budget / price) == 72.0);
  CHECK(spend_on_domestic(budget, {{PoolId{}, SupplyId{}, price, 100}})[0].units == 71);
}

TEST_CASE("substitution: never over the budget or the stock, never short of either",
          "[market][substitution]") {
  std::mt19937_64 draw{1};
  for (int i = 0; i < 5000; ++i) {
    const Usd price{0.1 * static_cast<double>(1 + draw() % 1000)};
    const Usd budget = static_cast<double>(draw() % 300) * price;
    const double stock = static_cast<double>(draw() % 400);
    const auto bought = spend_on_domestic(budget, {{PoolId{}, SupplyId{}, price, stock}});
    const double units = bought.empty() ? 0.0 : bought[0].units;
    const Usd cost = bought.empty() ? Usd{} : bought[0].cost;
    REQUIRE(units == std::floor(units));
    REQUIRE(cost <= budget);
    REQUIRE(units <= stock);
    // One more would be too many, but for the last bit of the price.
    const Usd one_more = (units + 1.0) * price * (1.0 + 1e-12);
    REQUIRE((units + 1.0 > stock || one_more > budget));
  }
}

}  // namespace
}  // namespace chokepoint
