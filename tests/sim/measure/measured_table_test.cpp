#include "sim/measure/measured_table.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("measured table: cells by column, quotes taken off", "[measure][table]") {
  const auto rows =
      read_measured_table("id,value,note\na,1.5,plain\r\nb,2,\"one, \"\"two\"\"\n3\"\n");
  REQUIRE(rows.size() == 2);
  CHECK(cell(rows[0], "note") == "plain");
  CHECK(cell(rows[1], "note") == "one, \"two\"\n3");
  CHECK(cell(rows[1], "nowhere").empty());
}

TEST_CASE("measured table: short, long and empty lines", "[measure][table]") {
  const auto rows = read_measured_table("a,b\n1\n\n1,2,3\n4,5");
  REQUIRE(rows.size() == 3);
  CHECK(cell(rows[0], "b").empty());
  CHECK(cell(rows[1], "b") == "2");
  CHECK(cell(rows[2], "b") == "5");
  CHECK(read_measured_table("").empty());
  CHECK(read_measured_table("a,b").empty());
}

TEST_CASE("measured table: the number that a cell begins with", "[measure][table]") {
  const auto rows = read_measured_table("a,b,c,d\n-2.5e3,64 (sum),max,\n");
  CHECK(number_in(rows[0], "a", 7) == -2500);
  CHECK(number_in(rows[0], "b", 7) == 64);
  CHECK(number_in(rows[0], "c", 7) == 7);
  CHECK(number_in(rows[0], "d", 7) == 7);
  CHECK(number_in(rows[0], "e", 7) == 7);
  for (const char* word : {"nan", "inf", "-infinity", "1e999"}) {
    CHECK(number_in({{"a", word}}, "a", 7) == 7);
  }
}

}  // namespace
}  // namespace chokepoint
