#include "tools/export/csv_export.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <limits>

#include "tests/sim/trace/trace_files.hpp"

namespace chokepoint {
namespace {

std::string csv_cell_of(const ExportValue& value) {
  std::string line;
  append_csv_cell(value, line);
  return line;
}

TEST_CASE("csv export: cells are quoted where needed, and formulas are text", "[export]") {
  CHECK(csv_cell_of(std::string_view("plain text")) == "plain text");
  CHECK(csv_cell_of(std::string_view("a,\"b\"\n")) == "\"a,\"\"b\"\"\n\"");
  for (const std::string formula : {"=cmd|' /C calc'!A0", "+1", "-1", "@A1", "\t=1"}) {
    CHECK(csv_cell_of(std::string_view(formula)) == "'" + formula);
  }
  CHECK(csv_cell_of(std::string_view("=1,2")) == "\"'=1,2\"");
  CHECK(csv_cell_of(std::string_view("\r=1")) == "\"'\r=1\"");
  CHECK(csv_cell_of(-0.1) == "-0.1");
  CHECK(csv_cell_of(std::int64_t{-3}) == "-3");
  CHECK(csv_cell_of(true) == "true");
  CHECK(csv_cell_of(ExportValue()).empty());
  CHECK(csv_cell_of(std::numeric_limits<double>::infinity()).empty());
}

TEST_CASE("csv export: a file for each table that has rows", "[export]") {
  const ScratchFolder folder;
  const std::vector<ExportTable> tables = {{"full", {{"a"}, {"b_usd", ExportType::Real}}},
                                           {"empty", {{"a"}}}};
  CsvExport files(folder / ".", tables);
  const std::array<ExportValue, 2> row = {std::string_view("x"), 2.5};
  files.add(0, row);
  files.add(0, row);
  files.close();
  CHECK(folder.names() == std::vector<std::string>{"full.csv"});
  CHECK(read_bytes(folder / "full.csv") == "a,b_usd\nx,2.5\nx,2.5\n");
}

}  // namespace
}  // namespace chokepoint
