#include "models/market/whole_packages.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace chokepoint {
namespace {

WorkBudget budget(double money, std::size_t bids) {
  WorkBudget budget;
  budget.money = money;
  for (std::uint32_t lot = 0; lot < bids; ++lot) budget.bids.push_back({lot, 0.0, lot, 1.0});
  return budget;
}

TEST_CASE("whole packages: the largest remainder gets the odd one", "[market][whole_packages]") {
  const WorkBudget one = budget(10.6, 1), other = budget(10.4, 1);
  std::vector<BudgetSales> sales{{&other, {5.4}}, {&one, {5.6}}};
  round_to_packages({{11}}, sales);
  CHECK(sales[0].units[0] == 5);
  CHECK(sales[1].units[0] == 6);
  CHECK(sales[0].money_left == Approx(5.4));
  CHECK(sales[1].money_left == Approx(4.6));
}

TEST_CASE("whole packages: of equal remainders the higher priority, then the earlier budget",
          "[market][whole_packages]") {
  const WorkBudget low = budget(10, 1);
  WorkBudget high = low;
  high.bids[0].priority = 1;
  std::vector<BudgetSales> sales{{&low, {0.5}}, {&low, {0.5}}, {&high, {0.5}}, {&high, {0.5}}};
  round_to_packages({{3}}, sales);
  CHECK(sales[0].units[0] == 1);
  CHECK(sales[1].units[0] == 0);
  CHECK(sales[2].units[0] == 1);
  CHECK(sales[3].units[0] == 1);
}

// Ten budgets want 0.6 and 0.4: six and four, not ten and none.
TEST_CASE("whole packages: no lot wins by rounding", "[market][whole_packages]") {
  const WorkBudget thin = budget(1, 2);
  std::vector<BudgetSales> sales(10, {&thin, {0.6, 0.4}});
  round_to_packages({{100}, {100}}, sales);
  double first = 0.0, second = 0.0;
  for (const BudgetSales& sale : sales) {
    first += sale.units[0];
    second += sale.units[1];
    CHECK(sale.money_left == 0.0);
  }
  CHECK(first == 6);
  CHECK(second == 4);
}

TEST_CASE("whole packages: a small budget spread thin still buys", "[market][whole_packages]") {
  const WorkBudget thin = budget(2, 5);
  std::vector<BudgetSales> sales{{&thin, {0.5, 0.2, 0.6, 0.3, 0.4}}};
  round_to_packages(std::vector<Lot>(5, {9}), sales);
  CHECK(sales[0].units == std::vector<double>{1, 0, 1, 0, 0});
  CHECK(sales[0].money_left == 0.0);
}

TEST_CASE("whole packages: neither budget nor mandate nor lot is overdrawn",
          "[market][whole_packages]") {
  SECTION("budget") {
    const WorkBudget poor = budget(5.9, 1);
    std::vector<BudgetSales> sales{{&poor, {5.9}}};
    round_to_packages({{100}}, sales);
    CHECK(sales[0].units[0] == 5);
  }
  SECTION("mandate") {
    WorkBudget bound = budget(100, 1);
    bound.bids[0].mandate_cap = 0.059;
    std::vector<BudgetSales> sales{{&bound, {5.9}}};
    round_to_packages({{100}}, sales);
    CHECK(sales[0].units[0] == 5);
  }
  SECTION("lot: what is not a whole package is not sold") {
    const WorkBudget rich = budget(100, 1);
    std::vector<BudgetSales> sales{{&rich, {5.9}}};
    round_to_packages({{5.9}}, sales);
    CHECK(sales[0].units[0] == 5);
  }
  SECTION("nothing is given where nothing was promised") {
    const WorkBudget rich = budget(100, 2);
    std::vector<BudgetSales> sales{{&rich, {5.9, 0.0}}};
    round_to_packages({{5}, {9}}, sales);
    CHECK(sales[0].units == std::vector<double>{5, 0});
  }
}

// The budget is one bit short of 72 packages, and the quotient rounds up to 72.
TEST_CASE("whole packages: not even a rounding error exceeds the budget",
          "[market][whole_packages]") {
  WorkBudget exact = budget(std::nextafter(72.0 * 360.8, 0.0), 1);
  exact.bids[0].price = 360.8;
  std::vector<BudgetSales> sales{{&exact, {exact.money / 360.8}}};
  REQUIRE(sales[0].units[0] == 72.0);
  round_to_packages({{100}}, sales);
  CHECK(sales[0].units[0] == 71);
  CHECK(sales[0].money_left >= 0.0);
}

}  // namespace
}  // namespace chokepoint
