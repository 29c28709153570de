#include "tools/print/text_table.hpp"

#include <catch2/catch.hpp>
#include <string>

namespace chokepoint {
namespace {

using Align = TextTable::Align;

TEST_CASE("text_table: columns line up under headers that stand at the bottom", "[report][text]") {
  TextTable table({{"name", Align::Left}, {"size\nGWh", Align::Right}});
  table.add_row({"a", "1,000"});
  table.add_row({"longer", "2"});
  CHECK(table.text(80) ==
        "         size\n"
        "name      GWh\n"
        "------  -----\n"
        "a       1,000\n"
        "longer      2\n");
}

TEST_CASE("text_table: no line ends in spaces", "[report][text]") {
  TextTable table({{"name", Align::Left}, {"note", Align::Left}});
  table.add_row({"a", ""});
  CHECK(table.text(80).find(" \n") == std::string::npos);
}

TEST_CASE("text_table: a table that is too wide breaks between groups", "[report][text]") {
  TextTable table({{"k", Align::Left, 0},
                   {"aaaa", Align::Right, 1},
                   {"%", Align::Right, 1},
                   {"bbbb", Align::Right, 2},
                   {"%", Align::Right, 2}});
  table.add_row({"x", "1", "2", "3", "4"});
  // Key, gap, four, gap, one: 10 characters; with the second group 10 + 2 + 4 + 2 + 1 = 19.
  const std::string whole =
      "k  aaaa  %  bbbb  %\n"
      "-  ----  -  ----  -\n"
      "x     1  2     3  4\n";
  const std::string broken =
      "k  aaaa  %\n"
      "-  ----  -\n"
      "x     1  2\n"
      "\n"
      "k  bbbb  %\n"
      "-  ----  -\n"
      "x     3  4\n";
  CHECK(table.text(19) == whole);
  CHECK(table.text(18) == broken);
  CHECK(table.text(1) == broken);
}

TEST_CASE("text_table: wrapped lines keep within the width and are indented", "[report][text]") {
  CHECK(wrap("one two three", 7, 2) == "one two\n  three");
  CHECK(wrap("one two three", 6, 2) == "one\n  two\n  three");
  CHECK(wrap("unbreakable", 3, 2) == "unbreakable");
  CHECK(wrap("", 10, 2).empty());
}

}  // namespace
}  // namespace chokepoint
