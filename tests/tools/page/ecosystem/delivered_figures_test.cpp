#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/sim/indicators/made_events.hpp"
#include "tests/tools/page/ecosystem/two_runs.hpp"
#include "tools/page/ecosystem/ecosystem_page.hpp"

namespace chokepoint {
namespace {

double number_at(const PageFigure& figure, std::size_t row, std::size_t column) {
  return std::get<double>(figure.data.rows().at(row).at(column));
}

TEST_CASE("delivered figures: vendors stand by what they delivered, the most first",
          "[page][ecosystem]") {
  const EcosystemRun run = made::ecosystem_run("a", made::a_year());
  // 200 packages of 0.6 are more than 600 of 0.15.
  CHECK(vendor_hues({run, nullptr}) == std::vector<std::string>{"huawei", "nvidia"});
}

TEST_CASE("delivered figures: without deliveries there is none", "[page][ecosystem]") {
  const EcosystemRun run = made::ecosystem_run("a", {});
  CHECK(delivered_figures({run, nullptr}, {}).empty());
}

TEST_CASE("delivered figures: shares of a month add up to 100, amounts to what came",
          "[page][ecosystem]") {
  rc::prop("sums", [] {
    const double h20 = *rc::gen::inRange(1, 100'000), ascend = *rc::gen::inRange(1, 100'000);
    const EcosystemRun run = made::ecosystem_run(
        "a", {made::delivered("2025-05-10", h20),
              made::delivered("2025-06-10", ascend, "910c", false, "910c_national")});
    const RunPair pair{run, nullptr};
    const auto figures = delivered_figures(pair, vendor_hues(pair));
    const PageFigure* share = made::figure_named(figures, "market_share");
    const PageFigure* amount = made::figure_named(figures, "delivered");
    double sum = 0.0;
    for (std::size_t row = 0; row < share->data.rows().size(); ++row) {
      RC_ASSERT(std::abs(number_at(*share, row, 1) + number_at(*share, row, 2) - 100.0) < 1e-9);
      sum += number_at(*amount, row, 1) + number_at(*amount, row, 2);
    }
    RC_ASSERT(std::abs(sum - (0.15 * h20 + 0.6 * ascend) / 1e3) < 1e-9 * sum);
  });
}

TEST_CASE("delivered figures: every drawn column is one of the data", "[page][ecosystem]") {
  const EcosystemRun run = made::ecosystem_run("a", made::a_year());
  for (const PageFigure& figure : delivered_figures({run, nullptr}, {"nvidia"})) {
    for (const DrawnColumn& drawn : figure.drawn) {
      bool is_there = false;
      for (const Column& column : figure.data.columns()) {
        is_there = is_there || column.name == drawn.column;
      }
      CHECK(is_there);
    }
  }
}

}  // namespace
}  // namespace chokepoint
