#include <algorithm>
#include <catch2/catch.hpp>

#include "sim/indicators/listing.hpp"
#include "tests/sim/indicators/made_events.hpp"
#include "tests/tools/report/made_runs.hpp"
#include "tools/report/glossary/glossary.hpp"
#include "tools/report/indicators.hpp"

namespace chokepoint {
namespace {

TEST_CASE("glossary: every listed indicator of years has its entry, with its unit", "[glossary]") {
  for (const YearlyIndicator& listed : kYearlyIndicators) {
    INFO(listed.name);
    const auto found = std::ranges::find(market_entries(), listed.name, &GlossaryEntry::name);
    REQUIRE(found != market_entries().end());
    CHECK(found->unit == listed.unit);
  }
}

TEST_CASE("glossary: every indicator of a whole run has its entry", "[glossary]") {
  for (const Indicator& one : indicators_of(made::account(made::two_months()))) {
    INFO(one.name);
    CHECK(glossary_entry(one.name) != nullptr);
  }
}

}  // namespace
}  // namespace chokepoint
