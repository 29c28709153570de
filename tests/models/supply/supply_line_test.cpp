#include "models/supply/supply_line.hpp"

#include <catch2/catch.hpp>

#include "tests/day.hpp"

namespace chokepoint {
namespace {

// 100 a month from 2025, 300 a month from July.
SupplyLine ramp() {
  SupplyLine line;
  line.output = {{day("2025-01-01"), {100.0, {}}}, {day("2025-07-01"), {300.0, {}}}};
  return line;
}

TEST_CASE("supply: output is the integral of the schedule", "[supply]") {
  const double days_per_month = 365.25 / 12.0;
  CHECK(produced(ramp(), day("2025-01-01"), day("2025-01-31")) ==
        Approx(100 * 30 / days_per_month));
  // 181 days of the first half, 184 of the second.
  CHECK(produced(ramp(), day("2025-01-01"), day("2026-01-01")) ==
        Approx((100 * 181 + 300 * 184) / days_per_month));
  CHECK(produced(ramp(), day("2025-06-30"), day("2025-07-02")) ==
        Approx((100 + 300) / days_per_month));
}

TEST_CASE("supply: four years of one a month are 48", "[supply]") {
  SupplyLine line;
  line.output = {{day("2024-01-01"), {1.0, {}}}};
  CHECK(produced(line, day("2024-01-01"), day("2028-01-01")) == Approx(48));
}

TEST_CASE("supply: nothing before the schedule, without one, or in no time", "[supply]") {
  CHECK(produced(ramp(), day("2024-01-01"), day("2025-01-01")) == 0.0);
  CHECK(produced(SupplyLine{}, day("2024-01-01"), day("2030-01-01")) == 0.0);
  CHECK(produced(ramp(), day("2025-08-01"), day("2025-08-01")) == 0.0);
}

TEST_CASE("supply: spans add up, wherever they are cut", "[supply]") {
  const Date begin = day("2024-11-01"), end = day("2026-02-01");
  const double whole = produced(ramp(), begin, end);
  for (Date cut = begin; cut <= end; cut += std::chrono::days{1}) {
    REQUIRE(produced(ramp(), begin, cut) + produced(ramp(), cut, end) ==
            Approx(whole).epsilon(1e-12));
  }
}

}  // namespace
}  // namespace chokepoint
