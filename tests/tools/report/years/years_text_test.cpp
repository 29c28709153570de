#include "tools/report/years/years_text.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "tests/tools/report/answer/random_runs.hpp"
#include "tools/print/table_width.hpp"

namespace chokepoint {
namespace {

TEST_CASE("years: rows of nothing are left out", "[years]") {
  auto run = made::level_run("a", 1.0).yearly;
  CHECK(years_text(run).find("training, k H100e") != std::string::npos);
  CHECK(years_text(run).find("huawei, % of value") != std::string::npos);
  CHECK(years_text(run).find("receipts") == std::string::npos);
  for (auto& [key, value] : run.itself) {
    if (key.indicator == "installed_training") value = 0.0;
  }
  CHECK(years_text(run).find("training, k H100e") == std::string::npos);
}

TEST_CASE("years: draws are told by their medians", "[years]") {
  auto run = made::level_run("a", 1.0).yearly;
  for (const double level : {1.0, 2.0, 4.0}) {
    run.draws["draw_" + std::to_string(level)] = made::level_run("", level).yearly.itself;
  }
  const std::string text = years_text(run);
  CHECK(text.rfind("medians of 3 draws", 0) == 0);
  CHECK(text.find("2,000") != std::string::npos);
}

TEST_CASE("years: whatever the years, no line is wider than 80 columns", "[years]") {
  YearlyRun run;
  for (int year = 2001; year < 2041; ++year) {
    run.itself[{"installed_training", "mainland", "H100e", year}] = 1e9 + year;
  }
  std::istringstream lines(years_text(run));
  for (std::string line; std::getline(lines, line);) CHECK(line.size() <= kTableColumns);
}

}  // namespace
}  // namespace chokepoint
