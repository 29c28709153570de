#include "tools/print/wrap.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("wrap: lines keep within the width and are indented", "[report][text]") {
  CHECK(wrap("one two three", 7, 2) == "one two\n  three");
  CHECK(wrap("one two three", 6, 2) == "one\n  two\n  three");
  CHECK(wrap("unbreakable", 3, 2) == "unbreakable");
  CHECK(wrap("", 10, 2).empty());
}

TEST_CASE("wrap: a width is columns of a terminal, not bytes", "[report][text]") {
  CHECK(display_width("") == 0);
  CHECK(display_width("abc") == 3);
  CHECK(display_width("\xc3\xa9t\xc3\xa9") == 3);
  CHECK(display_width("\xe6\x98\x87\xe8\x85\xbe") == 4);
  CHECK(wrap("\xc3\xa9t\xc3\xa9 \xc3\xa9t\xc3\xa9", 7, 0) == "\xc3\xa9t\xc3\xa9 \xc3\xa9t\xc3\xa9");
}

}  // namespace
}  // namespace chokepoint
