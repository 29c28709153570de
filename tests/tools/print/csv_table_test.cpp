#include "tools/print/csv_table.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("csv_table: only cells that need it are quoted", "[report][csv]") {
  CsvTable table({"name", "value_usd"});
  table.add_row({"plain", "1"});
  table.add_row({"a, b", "say \"hi\""});
  table.add_row({"two\nlines", ""});
  CHECK(table.text() ==
        "name,value_usd\n"
        "plain,1\n"
        "\"a, b\",\"say \"\"hi\"\"\"\n"
        "\"two\nlines\",\n");
}

}  // namespace
}  // namespace chokepoint
