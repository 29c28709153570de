#include "tools/report/comparison.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "tests/tools/report/made_runs.hpp"

namespace chokepoint::month_table_test {
namespace {

using namespace made;

TEST_CASE("month_table: columns line up and marks lead to the legends", "[report][text]") {
  Legend rules(Legend::Marks::Numbers);
  Legend inputs(Legend::Marks::Letters);
  const auto comparison = compare(runs(run(manifest(), two_months())));
  CHECK(month_table(comparison, {0}, rules, inputs) ==
        "                  ordered  delivered   refused  gate that\n"
        "month    device  packages   packages  packages  bound      rule\n"
        "-------  ------  --------  ---------  --------  ---------  ----\n"
        "2025-03  h20        1,000        600         0  -          -\n"
        "2025-04  h20        1,000        400     1,000  US         [1]\n"
        "\n"
        "                 lost training  lost prefill   lost decode  least certain\n"
        "month    device   usable H100e  usable H100e  usable H100e  of each\n"
        "-------  ------  -------------  ------------  ------------  -------------\n"
        "2025-03  h20                 -             -             -  -\n"
        "2025-04  h20               500           250         1,000  a / a / b\n");
  CHECK(rules.names() == std::vector<std::string>{"letter"});
  CHECK(inputs.names() == std::vector<std::string>{"peak", "bandwidth"});
}

TEST_CASE("month_table: devices that nobody held back step aside", "[report][text]") {
  Legend rules(Legend::Marks::Numbers);
  Legend inputs(Legend::Marks::Letters);
  auto facts = two_months();
  facts.push_back(due("2025-03-15", 7, "910c", "910c_national"));
  const std::vector<TraceEvent> free = {due("2025-03-15", 5), due("2025-03-15", 7, "910c")};
  const auto held = compare(runs(run(manifest("a"), facts), run(manifest("b"), free)));
  CHECK(month_table(held, {0}, rules, inputs).find("910c") == std::string::npos);
  const std::string other = month_table(held, {1}, rules, inputs);
  CHECK(other.find("h20") != std::string::npos);  // Held back in the first run.
  CHECK(other.find("910c") == std::string::npos);
  const auto open = compare(runs(run(manifest("b"), free)));
  CHECK(month_table(open, {0}, rules, inputs).find("910c") != std::string::npos);
}

TEST_CASE("month_table: both ends of a bracket share a row", "[report][text]") {
  Legend rules(Legend::Marks::Numbers);
  Legend inputs(Legend::Marks::Letters);
  const auto comparison =
      compare(runs(run(manifest("a", pb::NOTHING_BOUGHT), {due("2025-03-15", 10)}),
                   run(manifest("a", pb::SPENT_ON_DOMESTIC),
                       {due("2025-03-15", 10), due("2025-04-15", 20), refused("2025-03-15", 4)})));
  const std::string table = month_table(comparison, {0, 1}, rules, inputs);
  CHECK(table.find("0 .. 4") != std::string::npos);
  CHECK(table.find("0 .. 20") != std::string::npos);  // One end has no such month.
  CHECK(month_table(comparison, {}, rules, inputs).empty());
}

}  // namespace
}  // namespace chokepoint::month_table_test
