#include "models/market/order.hpp"

#include <catch2/catch.hpp>

#include "tests/day.hpp"

namespace chokepoint {
namespace {

Order two_tranches() {
  Order order;
  order.tranches = {{"large", day("2025-01-31"), 4, {1000.0, InputId{5}}},
                    {"small", day("2025-03-31"), 1, {10.0, InputId{6}}}};
  return order;
}

TEST_CASE("order: one delivery a month, on the day or the month's last", "[market][order]") {
  const auto due = due_deliveries(two_tranches(), day("2025-01-01"), day("2026-01-01"));
  REQUIRE(due.size() == 5);
  CHECK(format_date(due[0].date) == "2025-01-31");
  CHECK(format_date(due[1].date) == "2025-02-28");
  CHECK(format_date(due[2].date) == "2025-03-31");
  CHECK(format_date(due[3].date) == "2025-03-31");
  CHECK(format_date(due[4].date) == "2025-04-30");
}

TEST_CASE("order: deliveries of one day keep the order of tranches", "[market][order]") {
  const auto due = due_deliveries(two_tranches(), day("2025-03-01"), day("2025-04-01"));
  REQUIRE(due.size() == 2);
  CHECK(due[0].units == 1000);
  CHECK(due[0].input == InputId{5});
  CHECK(due[1].units == 10);
  CHECK(due[1].input == InputId{6});
}

TEST_CASE("order: spans share no delivery and lose none", "[market][order]") {
  const Date begin = day("2025-01-01"), end = day("2026-01-01");
  const auto all = due_deliveries(two_tranches(), begin, end).size();
  for (Date cut = begin; cut <= end; cut += std::chrono::days{1}) {
    REQUIRE(due_deliveries(two_tranches(), begin, cut).size() +
                due_deliveries(two_tranches(), cut, end).size() ==
            all);
  }
}

}  // namespace
}  // namespace chokepoint
