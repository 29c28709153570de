#include "sim/indicators/listing.hpp"

#include <catch2/catch.hpp>
#include <set>

namespace chokepoint {
namespace {

TEST_CASE("listing: each indicator is there once and has a unit", "[history][yearly]") {
  std::set<std::string_view> names;
  for (const YearlyIndicator& listed : kYearlyIndicators) {
    INFO(listed.name);
    CHECK(names.insert(listed.name).second);
    CHECK_FALSE(listed.unit.empty());
  }
}

TEST_CASE("listing: an indicator is found by what figures call it", "[history][yearly]") {
  for (const YearlyIndicator& listed : kYearlyIndicators) {
    INFO(listed.name);
    if (listed.is_by_work()) {
      for (const WorkKind work : {WorkKind::Training, WorkKind::Prefill, WorkKind::Decode}) {
        CHECK(listed_indicator(listed.of(work, "a", 2025).indicator) == &listed);
      }
      CHECK(listed_indicator(listed.name) == nullptr);
    } else {
      CHECK(listed_indicator(listed.of("a", 2025).indicator) == &listed);
    }
  }
  for (const char* other : {"", "happiness", "kind_price_thinking", "deliver"}) {
    CHECK(listed_indicator(other) == nullptr);
  }
}

TEST_CASE("listing: a key has the name, unit, subject and year", "[history][yearly]") {
  CHECK(indicator("energy").of("north", 2026) == YearlyKey{"energy", "north", "GWh", 2026});
  CHECK(indicator("kind_price_").of(WorkKind::Decode, "npu", 2026) ==
        YearlyKey{"kind_price_decode", "npu", "USD per H100e-month", 2026});
}

TEST_CASE("listing: a line of all subjects, of one, or none", "[history][yearly]") {
  CHECK(indicator("pathway").compared == "*");
  CHECK(indicator("installed_decode").compared == "mainland");
  CHECK(indicator("refused").compared.empty());
}

}  // namespace
}  // namespace chokepoint
