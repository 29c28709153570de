#include "sim/indicators/figures.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

const YearlyKey kKey{"delivered", "mainland/nvidia", "packages", 2025};

TEST_CASE("figures: they lie by year, indicator, subject and unit", "[history][yearly]") {
  YearlyKey earlier = kKey;
  earlier.year = 2024;
  earlier.indicator = "vendor_hhi";
  CHECK(earlier < kKey);
  YearlyKey next = kKey;
  next.indicator = "delivered_later";
  next.subject = "";
  CHECK(kKey < next);
  next = kKey;
  next.subject = "mainland/nvidia2";
  next.unit = "a";
  CHECK(kKey < next);
  next = kKey;
  next.unit = "share";
  CHECK(kKey < next);
}

TEST_CASE("figures: what a run has nothing of is none", "[history][yearly]") {
  const Figures figures = {{kKey, 3.0}};
  CHECK(value_or_none(figures, kKey) == 3.0);
  YearlyKey other = kKey;
  other.year = 2026;
  CHECK(value_or_none(figures, other) == 0.0);
}

TEST_CASE("figures: each year is told once, rising", "[history][yearly]") {
  Figures figures;
  for (const int year : {2026, 2024, 2026}) {
    figures[{"delivered", "a", "packages", year}] = 1.0;
    figures[{"revenue", "a", "USD", year}] = 1.0;
  }
  CHECK(years_of(figures) == std::vector<int>{2024, 2026});
  CHECK(years_of({}).empty());
}

}  // namespace
}  // namespace chokepoint
