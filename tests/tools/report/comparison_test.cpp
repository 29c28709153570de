#include "tools/report/comparison.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "tests/tools/report/made_runs.hpp"

namespace chokepoint::comparison_test {
namespace {

using namespace made;

const pb::ComparedIndicator& row_of(const pb::Comparison& comparison, const std::string& indicator,
                                    const std::string& subject = "") {
  for (const auto& row : comparison.indicators()) {
    if (row.indicator() == indicator && row.subject() == subject) return row;
  }
  FAIL("no indicator " << indicator << " of '" << subject << "'");
  return comparison.indicators(0);
}

std::vector<RecordedRun> bracketed_pair() {
  const auto nothing = manifest("as_it_was", pb::NOTHING_BOUGHT);
  const auto domestic = manifest("as_it_was", pb::SPENT_ON_DOMESTIC);
  auto substituted = two_months();
  substituted.push_back(delivered("2025-06-01", 70, "910c", true));
  return runs(run(nothing, two_months()), run(domestic, substituted),
              run(manifest("open", pb::NOTHING_BOUGHT), {due("2025-03-15", 2000)}),
              run(manifest("open", pb::SPENT_ON_DOMESTIC), {due("2025-03-15", 3000)}));
}

TEST_CASE("comparison: a run differs from itself by nothing", "[report][comparison]") {
  const auto comparison =
      compare(runs(run(manifest(), two_months()), run(manifest(), two_months())));
  for (const auto& row : comparison.indicators()) {
    CHECK(row.differences(0) == 0.0);
    CHECK(row.differences(1) == 0.0);
  }
}

TEST_CASE("comparison: runs that differ in the refused budget alone share a column",
          "[report][comparison]") {
  const auto comparison = compare(bracketed_pair());
  CHECK(columns_of(comparison) == std::vector<std::vector<std::size_t>>{{0, 1}, {2, 3}});
  CHECK(comparison.runs(1).refused_budget() == "spent_on_domestic");
}

TEST_CASE("comparison: another seed is another column", "[report][comparison]") {
  auto second = manifest();
  second.mutable_scenario()->set_seed(2);
  const auto comparison = compare(runs(run(manifest(), two_months()), run(second, two_months())));
  CHECK(columns_of(comparison).size() == 2);
}

TEST_CASE("comparison: a run is held against the baseline's run with the same budget",
          "[report][comparison]") {
  auto four = bracketed_pair();
  const auto comparison = compare(four);
  const auto& substitutes = row_of(comparison, "substitutes_delivered");
  CHECK(substitutes.differences(1) == 0.0);    // Itself, though the first run has none.
  CHECK(substitutes.differences(3) == -70.0);  // Against run 1.
  const auto& ordered = row_of(comparison, "ordered");
  CHECK(ordered.differences(3) == 1000.0);
  CHECK(ordered.percent(3) == 50.0);
  CHECK(std::isnan(substitutes.percent(2)));

  four.erase(four.begin() + 1);  // Now the baseline lacks that end.
  CHECK(row_of(compare(four), "substitutes_delivered").differences(2) == 0.0);
}

TEST_CASE("comparison: parts that only a later run has stand behind their whole",
          "[report][comparison]") {
  const auto comparison = compare(
      runs(run(manifest("open"), {due("2025-03-15", 2000)}), run(manifest(), two_months())));
  std::vector<std::string> names;
  for (const auto& row : comparison.indicators()) {
    if (row.indicator().rfind("refused", 0) == 0) names.push_back(row.indicator());
  }
  CHECK(names == std::vector<std::string>{"refused", "refused_by_device", "refused_by_gate",
                                          "refused_by_rule"});
  CHECK(comparison.indicators(0).indicator() == "ordered");
  CHECK(row_of(comparison, "refused_by_rule", "letter").values(0) == 0.0);
}

TEST_CASE("comparison: what rounding leaves is no difference", "[report][comparison]") {
  const auto with = [](double revenue_usd, const std::string& name) {
    return run(manifest(name), {paid("2025-03-15", 1, revenue_usd, 0)});
  };
  const auto comparison = compare(runs(with(1e6, "a"), with(1e6 + 1e-6, "b"), with(1e6 + 1, "c")));
  const auto& revenue = row_of(comparison, "revenue");
  CHECK(revenue.differences(1) == 0.0);
  CHECK(revenue.differences(2) == Approx(1e-6));  // In millions.
}

TEST_CASE("comparison: months say which run they are of", "[report][comparison]") {
  const auto comparison = compare(bracketed_pair());
  REQUIRE(comparison.months_size() == 6);
  CHECK(comparison.months(0).run() == 0);
  CHECK(comparison.months(5).run() == 3);
}

}  // namespace
}  // namespace chokepoint::comparison_test
