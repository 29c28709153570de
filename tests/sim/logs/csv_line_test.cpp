#include "sim/logs/csv_line.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

std::vector<std::string> cells_in(std::string_view line, char separator = ',') {
  CsvLine csv;
  REQUIRE(csv.split(line, separator));
  std::vector<std::string> cells;
  for (const CsvCell& cell : csv.cells()) cells.emplace_back(cell.text);
  return cells;
}

TEST_CASE("csv line: cells as RFC 4180 has them", "[logs]") {
  using Cells = std::vector<std::string>;
  CHECK(cells_in("a,b,c") == Cells{"a", "b", "c"});
  CHECK(cells_in("a,,") == Cells{"a", "", ""});
  CHECK(cells_in("") == Cells{""});
  CHECK(cells_in("\"a,b\",\"\",c") == Cells{"a,b", "", "c"});
  CHECK(cells_in("\"say \"\"hi\"\"\",\"\"\"\"") == Cells{"say \"hi\"", "\""});
  CHECK(cells_in("\"a\nb\",c") == Cells{"a\nb", "c"});
  CHECK(cells_in(" a , \"b\" ,c d ") == Cells{"a", "b", "c d"});
  CHECK(cells_in("5\" disk,x") == Cells{"5\" disk", "x"});
  CHECK(cells_in("a;b", ';') == Cells{"a", "b"});
}

TEST_CASE("csv line: a quote that does not close", "[logs]") {
  CsvLine csv;
  CHECK_FALSE(csv.split("a,\"b", ','));
  CHECK_FALSE(csv.split("\"a\"\"", ','));
}

TEST_CASE("csv line: cells say where they begin", "[logs]") {
  CsvLine csv;
  csv.split("ab, \"c\",d", ',');
  CHECK(csv.cells()[0].offset == 0);
  CHECK(csv.cells()[1].offset == 5);
  CHECK(csv.cells()[2].offset == 8);
}

TEST_CASE("csv line: the separator is the one that is there", "[logs]") {
  CHECK(separator_of("a,b,c") == ',');
  CHECK(separator_of("a;b;c") == ';');
  CHECK(separator_of("a\tb, c\td") == '\t');
  CHECK(separator_of("\"a,b,c\"|d") == '|');
  CHECK(separator_of("a") == ',');
}

}  // namespace
}  // namespace chokepoint
