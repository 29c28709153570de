#include <catch2/catch.hpp>

#include "tests/sim/indicators/made_events.hpp"
#include "tests/tools/page/ecosystem/two_runs.hpp"
#include "tools/page/ecosystem/ecosystem_page.hpp"

namespace chokepoint {
namespace {

TEST_CASE("listed figures: rulings add up to what was held back", "[page][ecosystem]") {
  const EcosystemRun run = made::ecosystem_run("a", made::a_year());
  const auto figures = listed_figures({run, nullptr});
  const PageFigure* rulings = made::figure_named(figures, "rulings");
  REQUIRE(rulings != nullptr);
  CHECK(std::get<double>(rulings->data.rows().at(0).at(4)) == 400.0);
  CHECK(made::figure_named(figures, "changes") == nullptr);
}

TEST_CASE("listed figures: differences are the run less the baseline", "[page][ecosystem]") {
  EcosystemRun run = made::ecosystem_run("a", made::a_year());
  for (auto& [key, value] : run.yearly.itself) value *= 1.5;
  const EcosystemRun base = made::ecosystem_run("b", made::a_year());
  const auto figures = listed_figures({run, &base});
  const PageFigure* changes = made::figure_named(figures, "changes");
  REQUIRE(changes != nullptr);
  REQUIRE_FALSE(changes->data.is_empty());
  for (const auto& row : changes->data.rows()) {
    CHECK(std::get<double>(row[5]) == std::get<double>(row[4]) - std::get<double>(row[3]));
    CHECK(std::get<double>(row[6]) == Approx(50.0));
  }
}

}  // namespace
}  // namespace chokepoint
