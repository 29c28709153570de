#include <catch2/catch.hpp>

#include "tests/sim/indicators/made_events.hpp"
#include "tests/tools/page/ecosystem/two_runs.hpp"
#include "tools/page/ecosystem/ecosystem_page.hpp"

namespace chokepoint {
namespace {

TEST_CASE("stock figures: a run by itself has its stocks and no gap", "[page][ecosystem]") {
  const EcosystemRun run = made::ecosystem_run("a", made::a_year());
  const auto figures = stock_figures({run, nullptr});
  CHECK(made::figure_named(figures, "stock_training") != nullptr);
  CHECK(made::figure_named(figures, "gap") == nullptr);
  CHECK(figures.front().caption.find("without draws") != std::string::npos);
}

TEST_CASE("stock figures: the gap between equal runs is nothing on every day",
          "[page][ecosystem]") {
  const EcosystemRun run = made::ecosystem_run("a", made::a_year());
  const EcosystemRun base = made::ecosystem_run("b", made::a_year());
  const auto figures = stock_figures({run, &base});
  const PageFigure* gap = made::figure_named(figures, "gap");
  REQUIRE(gap != nullptr);
  for (const auto& row : gap->data.rows()) {
    if (const auto* value = std::get_if<double>(&row[1])) CHECK(*value == 0.0);
  }
}

TEST_CASE("stock figures: a band that includes zero is called noise", "[page][ecosystem]") {
  EcosystemRun run = made::ecosystem_run("a", made::a_year());
  EcosystemRun base = made::ecosystem_run("b", made::a_year());
  made::add_draws(run, {0.9, 1.1, 1.0});
  made::add_draws(base, {1.0, 1.0, 1.0});
  const auto across = stock_figures({run, &base});
  CHECK(made::figure_named(across, "gap")->title.find("within noise") != std::string::npos);
  EcosystemRun more = made::ecosystem_run("c", made::a_year());
  made::add_draws(more, {1.2, 1.1, 1.3});
  const auto above = stock_figures({more, &base});
  CHECK(made::figure_named(above, "gap")->title.find("within noise") == std::string::npos);
}

TEST_CASE("stock figures: bands stand at years' ends alone", "[page][ecosystem]") {
  EcosystemRun run = made::ecosystem_run("a", made::a_year());
  made::add_draws(run, {0.9, 1.1});
  const auto figures = stock_figures({run, nullptr});
  const auto& rows = made::figure_named(figures, "stock_training")->data.rows();
  for (const auto& row : rows) {
    const bool is_end = std::get<Date>(row[0]) == parse_date("2026-01-01");
    CHECK(std::holds_alternative<double>(row[2]) == is_end);
  }
}

}  // namespace
}  // namespace chokepoint
