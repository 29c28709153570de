#include "tools/report/years/difference_table.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "sim/indicators/listing.hpp"
#include "tests/tools/report/answer/random_runs.hpp"
#include "tools/print/table_width.hpp"

namespace chokepoint {
namespace {

constexpr int kYear = 2023;

TEST_CASE("differences: every figure of either run has its row", "[years][differences]") {
  const auto base = made::level_run("a", 1.0).yearly;
  auto other = made::level_run("b", 2.0).yearly;
  other.itself[{"receipts", "US", "USD", kYear}] = 5e9;
  const auto all = figure_differences(PairedRuns(base, other), kYear);
  CHECK(all.size() == other.itself.size());
  for (const auto& [key, differs] : all) {
    CHECK(differs.change == Approx(other.itself.at(key) - value_or_none(base.itself, key)));
  }
  // In the order of the listing.
  CHECK(std::ranges::is_sorted(all, {}, [](const FigureDifference& of) {
    return listed_indicator(of.key.indicator) - kYearlyIndicators;
  }));
}

TEST_CASE("differences: files hold all that is shown, and what is alike too",
          "[years][differences]") {
  const auto base = made::level_run("a", 1.0).yearly, other = made::level_run("b", 1.0).yearly;
  const Table table = differences_table({base, other, other});
  CHECK(table.rows().size() == 2 * base.itself.size());
  CHECK(to_csv(table).find("equal") != std::string::npos);
  CHECK(differences_text(PairedRuns(base, other), kYear) ==
        "b: no yearly indicator differs from a in 2023\n");
}

TEST_CASE("differences: people see level, difference and percentage in 80 columns",
          "[years][differences]") {
  const auto pair = made::level_run("a", 1.0).yearly;
  auto other = made::level_run("a_run_with_a_very_long_name", 0.5).yearly;
  other.itself[{"refused", std::string(60, 'r'), "packages", kYear}] = 1.5e5;
  const std::string text = differences_text(PairedRuns(pair, other), kYear);
  CHECK(text.find("installed_training, H100e") != std::string::npos);
  CHECK(text.find("-500 k") != std::string::npos);
  CHECK(text.find("-50.0") != std::string::npos);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) CHECK(line.size() <= kTableColumns);
}

TEST_CASE("differences: bands stand beside what has draws", "[years][differences]") {
  auto base = made::level_run("a", 1.0).yearly, other = made::level_run("b", 0.5).yearly;
  for (int draw = 0; draw < 9; ++draw) {
    base.draws["draw_" + std::to_string(draw)] = base.itself;
    other.draws["draw_" + std::to_string(draw)] = other.itself;
  }
  const std::string text = differences_text(PairedRuns(base, other), kYear);
  CHECK(text.find("[-500 k, -500 k]") != std::string::npos);
  CHECK(to_csv(differences_table({base, other})).find(",9,clear") != std::string::npos);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) CHECK(line.size() <= kTableColumns);
}

TEST_CASE("differences: runs of other years are said to be that, in a line each",
          "[years][differences]") {
  const auto base = made::level_run("a", 1.0).yearly;
  auto longer = made::level_run("b", 1.0).yearly;
  CHECK(other_periods_text({base, longer}).empty());
  longer.itself[{"months_to_move", "", "months", kYear + 1}] = 1.0;
  CHECK(other_periods_text({base, longer}) ==
        "a is of 2023 to 2023, b of 2023 to 2024: compared are 2023 to 2023\n");
}

}  // namespace
}  // namespace chokepoint
