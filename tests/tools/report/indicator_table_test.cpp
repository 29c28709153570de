#include "tools/report/comparison.hpp"

#include <catch2/catch.hpp>
#include <sstream>
#include <string>

#include "tests/tools/report/made_runs.hpp"

namespace chokepoint::indicator_table_test {
namespace {

using namespace made;

/// First line of `text` that has `word` in it, runs of spaces as one.
std::string line_with(const std::string& text, const std::string& word) {
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (line.find(word) == std::string::npos) continue;
    std::istringstream words(line);
    std::string squeezed;
    for (std::string next; words >> next;) squeezed += (squeezed.empty() ? "" : " ") + next;
    return squeezed;
  }
  return "";
}

std::string table_of(const std::vector<RecordedRun>& of) {
  Legend rules(Legend::Marks::Numbers);
  return indicator_table(compare(of), rules);
}

TEST_CASE("indicator_table: a bracket shows both ends, one number where they agree",
          "[report][text]") {
  auto substituted = two_months();
  substituted.push_back(delivered("2025-06-01", 70, "910c", true));
  const std::string table =
      table_of(runs(run(manifest("as_it_was", pb::NOTHING_BOUGHT), two_months()),
                    run(manifest("as_it_was", pb::SPENT_ON_DOMESTIC), substituted)));
  CHECK(line_with(table, "substitutes delivered") == "substitutes delivered, packages 0 .. 70");
  CHECK(line_with(table, "delivered, packages  ") == "delivered, packages 1,000");
}

TEST_CASE("indicator_table: another column shows value, difference and percent", "[report][text]") {
  const std::string table = table_of(
      runs(run(manifest(), two_months()), run(manifest("open"), {due("2025-03-15", 2500)})));
  CHECK(line_with(table, "ordered") == "ordered, packages 2,000 2,500 +500 +25.0");
  CHECK(line_with(table, "letter") == "by rule [1] letter 1,000 0 -1,000 -100.0");
}

TEST_CASE("indicator_table: a part that no scenario changes goes, its whole stays",
          "[report][text]") {
  const std::string same = table_of(
      runs(run(manifest(), {due("2025-03-15", 5)}), run(manifest("open"), {due("2025-03-15", 5)})));
  CHECK(line_with(same, "ordered") == "ordered, packages 5 5 0 0");
  CHECK(line_with(same, "by device").empty());
  CHECK_FALSE(
      line_with(table_of(runs(run(manifest(), {due("2025-03-15", 5)}))), "by device").empty());
}

TEST_CASE("indicator_table: rows of zeros go, but not those that are looked for",
          "[report][text]") {
  const std::string table = table_of(runs(run(manifest(), {due("2025-03-15", 5)})));
  CHECK(line_with(table, "refused") == "refused, packages 0");
  CHECK(line_with(table, "revenue").empty());
}

TEST_CASE("indicator_table: from nothing to nothing is no change, to something has no percent",
          "[report][text]") {
  const auto with = [](double units, pb::RefusedBudget budget, const std::string& name) {
    return run(manifest(name, budget),
               {due("2025-03-15", 5), delivered("2025-06-01", units, "910c", true)});
  };
  const std::string table =
      table_of(runs(with(0, pb::NOTHING_BOUGHT, "a"), with(10, pb::SPENT_ON_DOMESTIC, "a"),
                    with(0, pb::NOTHING_BOUGHT, "b"), with(5, pb::SPENT_ON_DOMESTIC, "b")));
  CHECK(line_with(table, "substitutes") ==
        "substitutes delivered, packages 0 .. 10 0 .. 5 -5 .. 0 -50.0 .. 0");
  const std::string grown =
      table_of(runs(with(0, pb::NOTHING_BOUGHT, "a"), with(5, pb::NOTHING_BOUGHT, "b")));
  CHECK(line_with(grown, "substitutes") == "substitutes delivered, packages 0 5 +5 -");
}

TEST_CASE("indicator_table: acronyms keep their letters", "[report][text]") {
  CHECK(in_words("usable_h100e_training") == "usable H100e training");
  CHECK(in_words("installed_tpp") == "installed TPP");
}

TEST_CASE("indicator_table: columns are named by letters", "[report][text]") {
  CHECK(column_letter(0) == "A");
  CHECK(column_letter(25) == "Z");
  CHECK(column_letter(26) == "A1");
}

}  // namespace
}  // namespace chokepoint::indicator_table_test
