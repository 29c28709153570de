#include <catch2/catch.hpp>
#include <cmath>

#include "tests/sim/indicators/made_events.hpp"
#include "tests/tools/page/ecosystem/two_runs.hpp"
#include "tools/page/ecosystem/ecosystem_page.hpp"

namespace chokepoint {
namespace {

TEST_CASE("token figures: rates times days are the tokens since the start", "[page][ecosystem]") {
  const EcosystemRun run = made::ecosystem_run("a", made::a_year());
  const auto figures = token_figures({run, nullptr});
  const PageFigure* tokens = made::figure_named(figures, "tokens");
  REQUIRE(tokens != nullptr);
  REQUIRE(tokens->data.rows().size() == 1);
  const double days = 181.0;  // January to June.
  CHECK(std::get<double>(tokens->data.rows()[0][1]) * days == Approx(3000.0));
  CHECK(std::get<double>(tokens->data.rows()[0][2]) * days == Approx(4000.0));
  CHECK(tokens->title.find("75 %") != std::string::npos);
  CHECK(made::figure_named(figures, "token_cost") != nullptr);
}

TEST_CASE("token figures: a run without samples of a service has none", "[page][ecosystem]") {
  const EcosystemRun run = made::ecosystem_run("a", {});
  CHECK(token_figures({run, nullptr}).empty());
}

}  // namespace
}  // namespace chokepoint
