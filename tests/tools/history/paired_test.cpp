#include "tools/history/paired.hpp"

#include <catch2/catch.hpp>

#include "tools/history/yearly.hpp"

namespace chokepoint {
namespace {

const std::string kLegal = text_of({"pathway", "legal", "packages", 2025});
const std::string kHidden = text_of({"refused", "some_rule", "packages", 2025});

YearlyRun run_of(std::string name, double legal, std::vector<double> draws) {
  YearlyRun run{std::move(name), {{kLegal, legal}, {kHidden, legal}}, {}};
  for (const double draw : draws) run.draws.push_back({{kLegal, draw}});
  return run;
}

TEST_CASE("paired: the difference by pathway, year by year", "[history][paired]") {
  const std::string text = paired_text({run_of("base", 5'000, {}), run_of("other", 8'000, {})});
  CHECK(text.find("other less base") != std::string::npos);
  CHECK(text.find("+3.0 k") != std::string::npos);
  CHECK(text.find("some_rule") == std::string::npos);  // Rules are for the table.
}

// Draws differ by far more among each other than pairs do.
TEST_CASE("paired: bands are those of pairs", "[history][paired]") {
  const auto base = run_of("base", 5'000, {1'000, 50'000, 900'000});
  const auto other = run_of("other", 8'000, {3'000, 53'000, 904'000});
  const std::string text = paired_text({base, other});
  CHECK(text.find("+3.0 k [+2.0 k, +4.0 k]") != std::string::npos);
}

TEST_CASE("paired: equal runs do not differ, and one run has no pair", "[history][paired]") {
  const auto base = run_of("base", 5'000, {});
  CHECK(paired_text({base}).empty());
  CHECK(paired_text({base, base}).find("no yearly indicator differs") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
