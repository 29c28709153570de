#include "tools/report/yearly_table.hpp"

#include <catch2/catch.hpp>

#include "sim/indicators/figures.hpp"

namespace chokepoint {
namespace {

const YearlyKey kLegal = YearlyKey{"pathway", "legal", "packages", 2025};
const YearlyKey kHidden = YearlyKey{"refused", "some_rule", "packages", 2025};

YearlyRun run_of(std::string name, double legal, std::vector<double> draws) {
  YearlyRun run{std::move(name), {{kLegal, legal}, {kHidden, legal}}, {}};
  for (std::size_t i = 0; i < draws.size(); ++i) {
    run.draws["draw_" + std::to_string(i)] = {{kLegal, draws[i]}};
  }
  return run;
}

TEST_CASE("paired text: the difference by pathway, year by year", "[history][paired]") {
  const std::string text = paired_text({run_of("base", 5'000, {}), run_of("other", 8'000, {})});
  CHECK(text.find("other less base") != std::string::npos);
  CHECK(text.find("+3.0 k") != std::string::npos);
  CHECK(text.find("some_rule") == std::string::npos);  // Rules are for the table.
}

// Draws differ by far more among each other than pairs do.
TEST_CASE("paired text: bands are those of pairs", "[history][paired]") {
  const auto base = run_of("base", 5'000, {1'000, 50'000, 900'000});
  const auto other = run_of("other", 8'000, {3'000, 53'000, 904'000});
  const std::string text = paired_text({base, other});
  CHECK(text.find("+3.0 k [+2.1 k, +3.9 k]") != std::string::npos);
}

TEST_CASE("paired text: a draw that one of the two has not kept is no pair", "[history][paired]") {
  auto base = run_of("base", 5'000, {1'000, 50'000, 900'000});
  auto other = run_of("other", 8'000, {3'000, 1e9, 904'000});
  other.draws.erase("draw_1");
  CHECK(paired_text({base, other}).find("+3.0 k [+2.1 k, +3.9 k]") != std::string::npos);
  other.draws.erase("draw_0");
  CHECK(paired_text({base, other}).find('[') == std::string::npos);
}

TEST_CASE("paired text: years before the first difference are left out", "[history][paired]") {
  const auto legal = [](int year) { return YearlyKey{"pathway", "legal", "packages", year}; };
  YearlyRun base{"base", {{legal(2024), 1'000}, {legal(2025), 1'000}, {legal(2026), 1'000}}, {}};
  YearlyRun other = base;
  other.name = "other";
  other.itself[legal(2025)] = 3'000;
  const std::string text = paired_text({base, other});
  CHECK(text.find("other less base, by year; nothing differs before 2025\n") != std::string::npos);
  CHECK(text.find(" 2024") == std::string::npos);
  CHECK(text.find(" 2026") != std::string::npos);
  // In draws as well.
  base.draws = {{"draw_1", {{legal(2024), 1'000}}}, {"draw_2", {{legal(2024), 1'000}}}};
  other.draws = {{"draw_1", {{legal(2024), 2'000}}}, {"draw_2", {{legal(2024), 1'000}}}};
  const std::string drawn = paired_text({base, other});
  CHECK(drawn.find("other less base, by year; median [middle 90 %] of 2 pairs of draws\n") !=
        std::string::npos);
  CHECK(drawn.find(" 2024") != std::string::npos);
}

TEST_CASE("paired text: equal runs do not differ, and one run has no pair", "[history][paired]") {
  const auto base = run_of("base", 5'000, {});
  CHECK(paired_text({base}).empty());
  CHECK(paired_text({base, base}).find("no yearly indicator differs") != std::string::npos);
}

TEST_CASE("paired text: a run is called by its folder, however that is written",
          "[history][paired]") {
  for (const char* path : {"a", "a/", "runs/a", "runs/a/", "./runs/b/../a"}) {
    CHECK(name_of_run(path) == "a");
  }
}

}  // namespace
}  // namespace chokepoint
