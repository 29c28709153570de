#include "models/market/stockpile.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "tests/day.hpp"

namespace chokepoint {
namespace {

constexpr std::chrono::days kDay{1};

// 12 months of net use: 1200 in stock, 150 wanted, 50 still coming in.
const Stockpile kYear{day("2025-01-01"), 1200.0, 150.0, 50.0};

TEST_CASE("stockpile: it lasts its size over the net use", "[market][stockpile]") {
  CHECK(months_of_cover(kYear).value() == 12.0);
  // 365.25 days: the last quarter of a day counts as a day.
  CHECK(format_date(exhausted_on(kYear).value()) == "2026-01-02");
  CHECK(stock_left(kYear, kYear.cut) == 1200.0);
  CHECK(stock_left(kYear, day("2025-07-02")) == Approx(600.0).margin(5.0));
  CHECK(stock_left(kYear, day("2027-01-01")) == 0.0);
}

TEST_CASE("stockpile: it never ends where as much comes in as is used", "[market][stockpile]") {
  Stockpile stock = kYear;
  stock.inflow_per_month = 150.0;
  CHECK_FALSE(months_of_cover(stock));
  CHECK_FALSE(exhausted_on(stock));
  CHECK(shortage(stock, stock.cut, day("2035-01-01")) == 0.0);
  stock.inflow_per_month = 149.999;
  CHECK(months_of_cover(stock));
  CHECK_FALSE(exhausted_on(stock));  // In 100,000 years.
}

TEST_CASE("stockpile: without stock the shortage begins with the cut", "[market][stockpile]") {
  Stockpile stock = kYear;
  stock.units = 0.0;
  CHECK(exhausted_on(stock) == stock.cut);
  CHECK(shortage(stock, stock.cut, stock.cut + 365 * kDay) ==
        Approx(100.0 * 365.0 / (365.25 / 12.0)));
}

TEST_CASE("stockpile: it delays the shortage by its size over the use and changes nothing else",
          "[market][stockpile]") {
  std::mt19937_64 draw{5};
  for (int i = 0; i < 2000; ++i) {
    Stockpile stock = kYear;
    stock.units = static_cast<double>(draw() % 5000);
    stock.use_per_month = 50.0 + static_cast<double>(draw() % 500);
    stock.inflow_per_month = stock.use_per_month * static_cast<double>(draw() % 90) / 100.0;
    const Date ends = exhausted_on(stock).value();
    const Date late = ends + 3650 * kDay;
    Stockpile none = stock;
    none.units = 0.0;
    REQUIRE(shortage(stock, stock.cut, ends) <
            (stock.use_per_month - stock.inflow_per_month) / 30.0);  // At most that of one day.
    REQUIRE(stock_left(stock, ends) == 0.0);
    if (ends > stock.cut) REQUIRE(stock_left(stock, ends - kDay) > 0.0);
    // After its end a month is as short as it would have been without the stock.
    REQUIRE(shortage(stock, ends, late) == Approx(shortage(none, ends, late)));
    // In all it spares what it held.
    REQUIRE(shortage(none, stock.cut, late) - shortage(stock, stock.cut, late) ==
            Approx(stock.units).margin(1e-6));
  }
}

TEST_CASE("stockpile: more of it, or more inflow, never ends earlier", "[market][stockpile]") {
  const Date ends = exhausted_on(kYear).value();
  for (double more = 1.0; more < 2000.0; more *= 1.7) {
    Stockpile stock = kYear;
    stock.units += more;
    CHECK(exhausted_on(stock).value() >= ends);
  }
  for (double more = 1.0; more < 90.0; more *= 1.7) {
    Stockpile stock = kYear;
    stock.inflow_per_month += more;
    CHECK(exhausted_on(stock).value() >= ends);
  }
}

}  // namespace
}  // namespace chokepoint
