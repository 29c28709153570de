#include <catch2/catch.hpp>

#include "tests/sim/indicators/made_events.hpp"
#include "tests/tools/page/ecosystem/two_runs.hpp"
#include "tools/page/ecosystem/ecosystem_page.hpp"

namespace chokepoint {
namespace {

TEST_CASE("shortage figures: months in a row for one stage are one span", "[page][ecosystem]") {
  const EcosystemRun run = made::ecosystem_run("a", made::a_year());
  const auto figures = shortage_figures({run, nullptr});
  REQUIRE(figures.size() == 1);
  REQUIRE(figures[0].data.rows().size() == 1);
  const auto& row = figures[0].data.rows()[0];
  CHECK(std::get<Date>(row[1]) == parse_date("2025-03-01"));
  CHECK(std::get<Date>(row[2]) == parse_date("2025-05-01"));
  CHECK(std::get<std::string>(row[3]) == "Packaging");
}

TEST_CASE("shortage figures: foreign devices are not told", "[page][ecosystem]") {
  const EcosystemRun run = made::ecosystem_run("a", {made::bottleneck("2025-03-01", 10.0)});
  CHECK(shortage_figures({run, nullptr}).empty());
}

}  // namespace
}  // namespace chokepoint
