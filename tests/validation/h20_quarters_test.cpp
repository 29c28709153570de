// H20s that reached China in 2025, by quarter, against what was published. Amounts ordered are
// inputs, taken from Nvidia's dollars; when they arrive and who stops them is the model's. Bounds
// are the source's where `basis` says so, else ours; those of the third quarter are ours and wide.

#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>
#include <string>

#include "tests/paths.hpp"
#include "tests/tools/called_program.hpp"
#include "tests/validation/figures.hpp"

namespace chokepoint::validation {
namespace {

constexpr const char* kDevice = "nv_h20_96";

// Rows of deliveries.csv of the scenario that ships, for H20 alone.
std::vector<Row> h20_deliveries(const called::Folder& folder) {
  const std::string scenario = source_dir() + "/scenarios/h20_2025.textproto";
  const auto result = called::chokepoint("-q run '" + scenario + "' -o run", folder);
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  auto rows = rows_of(folder.path() / "run/tables/deliveries.csv");
  rows.erase(std::remove_if(rows.begin(), rows.end(),
                            [](const Row& row) { return row.at("device") != kDevice; }),
             rows.end());
  REQUIRE_FALSE(rows.empty());
  return rows;
}

// Months are YYYY-MM, so that their order is that of their letters.
double sum(const std::vector<Row>& rows, const Row& figure) {
  double total = 0.0;
  for (const auto& row : rows) {
    const std::string& month = row.at("month");
    if (month < figure.at("first_month") || month > figure.at("last_month")) continue;
    total += number_in(row, figure.at("column")).value_or(0.0);
  }
  return total / number_in(figure, "per_unit").value();
}

void print_row(const Row& figure, double predicted, double measured) {
  std::cout << "H20 " << figure.at("observable") << " " << figure.at("period") << ": predicted "
            << predicted << ", measured " << measured << " " << figure.at("unit") << " ("
            << figure.at("low") << " to " << figure.at("high") << ", " << figure.at("source")
            << ")";
  if (measured > 0.0) std::cout << ", ratio " << predicted / measured;
  std::cout << "\n";
}

TEST_CASE("H20 quarters: what the run delivers lies within the stated bounds",
          "[validation][h20]") {
  const called::Folder folder;
  const auto rows = h20_deliveries(folder);
  for (const auto& figure : rows_of(beside_tests("h20_quarters.csv"))) {
    const double predicted = sum(rows, figure);
    const double measured = number_in(figure, "measured").value();
    print_row(figure, predicted, measured);
    INFO(figure.at("observable") << " " << figure.at("period") << ", " << figure.at("basis"));
    CHECK(predicted >= number_in(figure, "low").value());
    CHECK(predicted <= number_in(figure, "high").value());
  }
}

}  // namespace
}  // namespace chokepoint::validation
