#include "models/market/pull_forward.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <random>

#include "tests/day.hpp"

namespace chokepoint {
namespace {

// 1000 packages on the first of every month of 2025.
std::vector<DueDelivery> monthly() {
  std::vector<DueDelivery> due;
  for (int i = 0; i < 12; ++i) {
    due.push_back({add_months(day("2025-01-01"), i), 1000.0, InputId{7}});
  }
  return due;
}

// Known for a month, half of the next three months' deliveries wanted.
const PullWindow kMonth{day("2025-03-10"), day("2025-04-10"), 0.5, 92};

TEST_CASE("pull forward: the first deliveries move to the first days that can spare them",
          "[market][pull_forward]") {
  const auto pulls =
      pull_forward(monthly(), kMonth,
                   {{day("2025-03-10"), 300}, {day("2025-03-20"), 400}, {day("2025-04-01"), 5000}});
  // Due in [04-10, 07-11): May, June, July, 500 each.
  REQUIRE(pulls.size() == 5);
  CHECK(pulls[0].delivery == 4);
  CHECK(pulls[0].to == day("2025-03-10"));
  CHECK(pulls[0].units == 300);
  CHECK(pulls[1].to == day("2025-03-20"));
  CHECK(pulls[1].units == 200);
  CHECK(pulls[2].delivery == 5);
  CHECK(pulls[2].units == 200);
  CHECK(pulls[3].to == day("2025-04-01"));
  CHECK(pulls[3].units == 300);
  CHECK(pulls[4].delivery == 6);
  CHECK(pulls[4].units == 500);
}

TEST_CASE("pull forward: nothing moves without time, will, horizon or supply",
          "[market][pull_forward]") {
  const std::vector<Spare> spare{{day("2025-03-10"), 1e6}};
  const auto moves = [&](const PullWindow& window) {
    return !pull_forward(monthly(), window, spare).empty();
  };
  REQUIRE(moves(kMonth));
  PullWindow window = kMonth;
  window.effective = window.known;
  CHECK_FALSE(moves(window));
  window.effective = window.known - std::chrono::days{1};
  CHECK_FALSE(moves(window));
  window = kMonth;
  window.willing_share = 0.0;
  CHECK_FALSE(moves(window));
  window = kMonth;
  window.horizon_days = 0;
  CHECK_FALSE(moves(window));
  CHECK(pull_forward(monthly(), kMonth, {}).empty());
}

TEST_CASE("pull forward: supply counts from the day on which buyers know, up to the effective one",
          "[market][pull_forward]") {
  CHECK(pull_forward(monthly(), kMonth, {{day("2025-03-09"), 10}}).empty());
  CHECK(pull_forward(monthly(), kMonth, {{day("2025-03-10"), 10}}).size() == 1);
  CHECK(pull_forward(monthly(), kMonth, {{day("2025-04-09"), 10}}).size() == 1);
  CHECK(pull_forward(monthly(), kMonth, {{day("2025-04-10"), 10}}).empty());
}

TEST_CASE("pull forward: no day gives more than it can spare, no delivery more than its share",
          "[market][pull_forward]") {
  std::mt19937_64 draw{3};
  for (int i = 0; i < 3000; ++i) {
    std::vector<DueDelivery> due;
    Date date = day("2025-01-01");
    for (int k = 0; k < 10; ++k) {
      date += std::chrono::days{draw() % 40};
      due.push_back({date, static_cast<double>(draw() % 1000), InputId{}});
    }
    std::vector<Spare> spare;
    date = day("2025-01-01");
    for (int k = 0; k < 8; ++k) {
      date += std::chrono::days{1 + draw() % 30};
      spare.push_back({date, static_cast<double>(draw() % 600)});
    }
    const PullWindow window{day("2025-02-01") + std::chrono::days{draw() % 30},
                            day("2025-03-01") + std::chrono::days{draw() % 60},
                            static_cast<double>(draw() % 101) / 100.0,
                            static_cast<int>(draw() % 200)};
    const auto pulls = pull_forward(due, window, spare);
    std::map<Date, double> taken;
    std::map<std::size_t, double> given;
    for (const Pull& pull : pulls) {
      REQUIRE(pull.units >= 1.0);
      REQUIRE(pull.units == std::floor(pull.units));
      REQUIRE(pull.to < due[pull.delivery].date);
      taken[pull.to] += pull.units;
      given[pull.delivery] += pull.units;
    }
    for (const Spare& there : spare) REQUIRE(taken[there.date] <= there.units);
    for (const auto& [k, units] : given) {
      REQUIRE(units <= window.willing_share * due[k].units * (1.0 + 1e-9));
    }
  }
}

TEST_CASE("pull forward: more time, will, horizon or supply never moves less",
          "[market][pull_forward]") {
  const auto moved = [](const PullWindow& window, double spare_units) {
    double units = 0.0;
    const std::vector<Spare> spare{{day("2025-03-15"), spare_units},
                                   {day("2025-04-05"), spare_units}};
    for (const Pull& pull : pull_forward(monthly(), window, spare)) units += pull.units;
    return units;
  };
  PullWindow more = kMonth;
  more.known = day("2025-02-10");
  CHECK(moved(more, 600) >= moved(kMonth, 600));
  more = kMonth;
  more.willing_share = 0.7;
  CHECK(moved(more, 600) >= moved(kMonth, 600));
  more = kMonth;
  more.horizon_days = 200;
  CHECK(moved(more, 600) >= moved(kMonth, 600));
  CHECK(moved(kMonth, 700) >= moved(kMonth, 600));
}

}  // namespace
}  // namespace chokepoint
