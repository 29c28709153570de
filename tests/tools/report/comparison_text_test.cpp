#include "tools/report/comparison.hpp"

#include <catch2/catch.hpp>
#include <sstream>
#include <string>

#include "tests/tools/report/made_runs.hpp"

namespace chokepoint::comparison_text_test {
namespace {

using namespace made;

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("comparison_text: a scenario says what it changes in its base", "[report][text]") {
  auto patched = manifest("open");
  patched.set_base("as_it_was");
  auto& change = *patched.add_changes();
  change.set_kind("changed");
  change.set_path("orders[h20].price_usd.value");
  change.set_before("12000");
  change.set_after("9000");
  auto& budget = *patched.add_changes();
  budget.set_kind("changed");
  budget.set_path("market.refused_budget");
  const auto both = runs(run(manifest(), two_months()), run(patched, two_months()));
  const std::string text = comparison_text(compare(both), both);
  CHECK(says(text, "A  as_it_was (baseline), seed 1\n     What if?\n"));
  CHECK(says(text,
             "1 change from as_it_was:\n     changed  orders[h20].price_usd.value: 12000 -> "
             "9000\n"));
  CHECK_FALSE(says(text, "market.refused_budget"));
}

TEST_CASE("comparison_text: rules and inputs are spelled out below", "[report][text]") {
  const auto one = runs(run(manifest(), two_months()));
  const std::string text = comparison_text(compare(one), one);
  CHECK(says(text, "\nRules\n   [1] letter, US: Letter on bandwidth.\n"));
  CHECK(says(text,
             "    a  peak = 1, reported, from paper\n"
             "    b  bandwidth = 2, estimated, from paper, 1 .. 4\n"));
}

TEST_CASE("comparison_text: no line is wider than 150 characters", "[report][text]") {
  std::vector<RecordedRun> eight;
  for (const std::string name : {"one", "two", "three", "four"}) {
    for (const auto budget : {pb::NOTHING_BOUGHT, pb::SPENT_ON_DOMESTIC}) {
      auto facts = two_months();
      facts.push_back(delivered("2025-06-01", 123'456.0 * static_cast<double>(eight.size()), "910c",
                                budget == pb::SPENT_ON_DOMESTIC));
      World titled = world();
      titled.regime.rules[0].title = std::string(40, 'x') + " " + std::string(140, 'y');
      eight.push_back(run(manifest(name, budget), facts, std::move(titled)));
    }
  }
  std::istringstream lines(comparison_text(compare(eight), eight));
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    CHECK(line.size() <= 150);
  }
}

TEST_CASE("comparison_text: a truncated run is said to be one", "[report][text]") {
  auto one = runs(run(manifest(), two_months()));
  one[0].truncated = true;
  CHECK(says(comparison_text(compare(one), one), "TRUNCATED"));
}

}  // namespace
}  // namespace chokepoint::comparison_text_test
