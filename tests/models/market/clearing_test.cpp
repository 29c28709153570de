#include "models/market/clearing.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

namespace chokepoint {
namespace {

// A bid on `lot` at 1 dollar; bids of one utility in nests of their own.
Bid on(std::uint32_t lot, double utility = 0.0) {
  Bid bid;
  bid.lot = lot;
  bid.nest = lot;
  bid.utility = utility;
  bid.price = 1.0;
  return bid;
}

Bid admitted(double share, Bid bid) {
  bid.admitted_share = share;
  return bid;
}

Bid first(int priority, Bid bid) {
  bid.priority = priority;
  return bid;
}

Bid capped(double cap, Bid bid) {
  bid.mandate_cap = cap;
  return bid;
}

Bid awaited(double cost, Bid bid) {
  bid.wait_cost = cost;
  return bid;
}

TEST_CASE("clearing: equal offers sell equally", "[market][clearing]") {
  const auto cleared = clear_market({{1000}, {1000}, {1000}}, {{300, {on(0), on(1), on(2)}}}, 0.5);
  CHECK(cleared.bought[0] == std::vector<double>{100, 100, 100});
  CHECK(cleared.money_left[0] == 0.0);
}

TEST_CASE("clearing: nothing without budgets, money, bids or lots in stock", "[market][clearing]") {
  CHECK(clear_market({{10}}, {}, 1.0).bought.empty());
  CHECK(clear_market({{10}}, {{0, {on(0)}}}, 1.0).bought[0][0] == 0.0);
  CHECK(clear_market({}, {{5, {}}}, 1.0).money_left[0] == 5.0);
  const auto empty = clear_market({{0}}, {{5, {on(0)}}}, 1.0);
  CHECK(empty.money_left[0] == 5.0);
  CHECK(empty.short_units[0][0] == 5.0);
}

// 100 each wanted; 40 of the first are there, and the 60 go to the second.
TEST_CASE("clearing: money that found nothing goes to the next choice", "[market][clearing]") {
  const auto cleared = clear_market({{40}, {1000}}, {{200, {on(0), on(1)}}}, 1.0);
  CHECK(cleared.bought[0] == std::vector<double>{40, 160});
  CHECK(cleared.short_units[0][0] == Approx(60.0));
  CHECK(cleared.short_units[0][1] == 0.0);
  CHECK(cleared.money_left[0] == Approx(0.0).margin(1e-9));
}

// 100 each wanted and 40 there. Of the 60 the second draws as all that is 1, and waiting as
// exp(-1).
TEST_CASE("clearing: what has run out is waited for as far as the next best is worse",
          "[market][clearing]") {
  const double q = std::exp(-1.0);
  const auto cleared = clear_market({{400}, {10000}}, {{2000, {awaited(1.0, on(0)), on(1)}}}, 1.0);
  const double waits = 600.0 * q / (0.5 + 0.5 * q);
  CHECK(cleared.bought[0][0] == 400);
  CHECK(cleared.bought[0][1] == Approx(1600.0 - waits).margin(1.0));
  CHECK(cleared.money_left[0] == Approx(waits).margin(1.0));
  SECTION("a much better one is waited for by all") {
    const auto better =
        clear_market({{400}, {10000}}, {{2000, {awaited(1.0, on(0, 12.0)), on(1)}}}, 1.0);
    CHECK(better.bought[0][1] <= 1);
    CHECK(better.money_left[0] == Approx(1600.0).margin(1.0));
  }
  SECTION("a mandate that is used up is not waited for") {
    const auto mandated =
        clear_market({{400}, {10000}}, {{2000, {awaited(0.0, capped(0.2, on(0))), on(1)}}}, 1.0);
    CHECK(mandated.bought[0] == std::vector<double>{400, 1600});
  }
  SECTION("nor is what governments hold back") {
    const auto banned =
        clear_market({{400}, {10000}}, {{2000, {awaited(0.0, admitted(0.0, on(0))), on(1)}}}, 1.0);
    CHECK(banned.bought[0] == std::vector<double>{0, 2000});
  }
}

// Plain logit. The first lot, were it endless, would be asked for 100 at first and more for what
// the second lacks: of those whom that leaves, the two others draw 1 each, and waiting for it q.
TEST_CASE("clearing: what is wanted of a lot does not jump with what lots hold",
          "[market][clearing]") {
  for (const double cost : {std::numeric_limits<double>::infinity(), 1.0, 0.0}) {
    const double q = std::exp(-cost);
    for (double holds = 0.0; holds <= 200.0; holds += 2.0) {
      for (double other = 0.0; other <= 200.0; other += 1.0) {
        INFO(cost << " " << holds << " " << other);
        const std::vector<Bid> bids = {awaited(cost, on(0)), awaited(cost, on(1)), on(2)};
        const auto cleared = clear_market({{holds}, {other}, {1000}}, {{300, bids}}, 1.0);
        const double wanted = cleared.bought[0][0] + cleared.short_units[0][0];
        const double lacks = std::max(0.0, 100.0 - other);
        REQUIRE(wanted == Approx(100.0 + lacks * (1.0 - q) / (2.0 + q)).margin(1.0));
        REQUIRE(cleared.short_units[0][2] == 0.0);
      }
    }
  }
}

// The better one under a mandate, or a quota. A package more or less of it moves a few packages.
TEST_CASE("clearing: waiting stays within a mandate", "[market][clearing]") {
  for (const double cost : {0.0, 0.1, 1.0}) {
    std::vector<double> before;
    for (double holds = 0.0; holds <= 60.0; holds += 1.0) {
      INFO(cost << " " << holds);
      const std::vector<Bid> bids = {awaited(cost, capped(0.2, on(0, 5.0))), awaited(cost, on(1)),
                                     on(2, -2.0)};
      const auto cleared = clear_market({{holds}, {20}, {1000}}, {{200, bids}}, 1.0);
      const double bought = cleared.bought[0][0];
      const double on_second = cleared.bought[0][1] + cleared.short_units[0][1];
      CHECK(bought + cleared.short_units[0][0] <= 40.0 + 1e-9);
      const std::vector<double> now = {bought, on_second, cleared.money_left[0]};
      for (std::size_t i = 0; i < before.size(); ++i) CHECK(std::abs(now[i] - before[i]) <= 4.0);
      before = now;
    }
  }
}

TEST_CASE("clearing: whose first choices are met is short of nothing", "[market][clearing]") {
  for (const double scale : {0.3, 0.7, 1.0}) {
    const auto cleared = clear_market(
        {{100}, {100}, {1000}},
        {{300, {first(1, on(0)), first(1, on(1)), on(2)}}, {300, {on(0), on(1), on(2)}}}, scale);
    CHECK(cleared.short_units[0] == std::vector<double>{0, 0, 0});
    CHECK(cleared.short_units[1][0] > 0.0);
  }
}

TEST_CASE("clearing: money that a mandate took is not wanted elsewhere", "[market][clearing]") {
  const auto cleared = clear_market({{0}, {1000}}, {{100, {on(0), capped(0.5, on(1))}}}, 1.0);
  CHECK(cleared.bought[0][1] == 50);
  CHECK(cleared.short_units[0][0] == Approx(50.0));
}

TEST_CASE("clearing: a lot too small is shared by what is asked", "[market][clearing]") {
  const auto cleared = clear_market({{90}}, {{100, {on(0)}}, {200, {on(0)}}}, 1.0);
  CHECK(cleared.bought[0][0] == 30);
  CHECK(cleared.bought[1][0] == 60);
  CHECK(cleared.short_units[1][0] == Approx(140.0));
  CHECK(cleared.money_left[1] == Approx(140.0));
}

TEST_CASE("clearing: the higher priority first and in full", "[market][clearing]") {
  const auto cleared = clear_market(
      {{90}}, {{100, {on(0)}}, {70, {first(1, on(0))}}, {100, {on(0)}}, {10, {first(2, on(0))}}},
      1.0);
  CHECK(cleared.bought[3][0] == 10);
  CHECK(cleared.bought[1][0] == 70);
  CHECK(cleared.bought[0][0] == 5);
  CHECK(cleared.bought[2][0] == 5);
}

TEST_CASE("clearing: a ban refuses the wish, and its money goes elsewhere", "[market][clearing]") {
  const auto cleared = clear_market({{1000}, {1000}}, {{200, {admitted(0.0, on(0)), on(1)}}}, 1.0);
  CHECK(cleared.bought[0] == std::vector<double>{0, 200});
  CHECK(cleared.refused[0] == std::vector<double>{100, 0});
  CHECK(cleared.short_units[0] == std::vector<double>{0, 0});
}

TEST_CASE("clearing: money does not come back to where it was refused", "[market][clearing]") {
  SECTION("with nothing else it stays") {
    const auto cleared = clear_market({{1000}}, {{200, {admitted(0.25, on(0))}}}, 1.0);
    CHECK(cleared.bought[0][0] == 50);
    CHECK(cleared.refused[0][0] == 150);
    CHECK(cleared.money_left[0] == 150);
  }
  SECTION("with another offer it goes there") {
    const auto cleared =
        clear_market({{1000}, {1000}}, {{200, {admitted(0.25, on(0)), on(1)}}}, 1.0);
    CHECK(cleared.bought[0] == std::vector<double>{25, 175});
  }
  SECTION("what comes from elsewhere is let through by the same share") {
    // 100 each; the second has 20, so 80 go to the first, of which a quarter may.
    const auto cleared = clear_market({{1000}, {20}}, {{200, {admitted(0.25, on(0)), on(1)}}}, 1.0);
    CHECK(cleared.bought[0][1] == 20);
    CHECK(cleared.bought[0][0] == 45);             // 25 + 80 / 4.
    CHECK(cleared.refused[0][0] == Approx(75.0));  // At first; no wish counts twice.
  }
}

TEST_CASE("clearing: a mandate caps what of the budget goes there", "[market][clearing]") {
  SECTION("the rest goes elsewhere") {
    const auto cleared =
        clear_market({{1000}, {1000}}, {{200, {capped(0.2, on(0, 5.0)), on(1)}}}, 1.0);
    CHECK(cleared.bought[0] == std::vector<double>{40, 160});
    CHECK(cleared.refused[0][0] == 0.0);
  }
  SECTION("or stays") {
    const auto cleared = clear_market({{1000}}, {{200, {capped(0.2, on(0))}}}, 1.0);
    CHECK(cleared.bought[0][0] == 40);
    CHECK(cleared.money_left[0] == 160);
  }
  SECTION("0 is no wish at all") {
    const auto cleared = clear_market({{1000}}, {{200, {admitted(0.0, capped(0.0, on(0)))}}}, 1.0);
    CHECK(cleared.refused[0][0] == 0.0);
    CHECK(cleared.money_left[0] == 200);
  }
}

// Two of a nest at scale 1/10 are nearly one choice: what one cannot have goes to its twin, and
// both nests sell as much as if it had never been there.
TEST_CASE("clearing: money that found nothing stays mostly in its nest", "[market][clearing]") {
  Bid twin = on(1);
  twin.nest = 0;
  const auto cleared = clear_market({{0}, {1e6}, {1e6}}, {{1e5, {on(0), twin, on(2)}}}, 0.1);
  CHECK(cleared.bought[0] == std::vector<double>{0, 5e4, 5e4});
}

TEST_CASE("clearing: lots may run out one after the other", "[market][clearing]") {
  const auto cleared =
      clear_market({{10}, {20}, {40}, {1000}}, {{400, {on(0), on(1), on(2), on(3)}}}, 1.0);
  CHECK(cleared.bought[0] == std::vector<double>{10, 20, 40, 330});
}

}  // namespace
}  // namespace chokepoint
