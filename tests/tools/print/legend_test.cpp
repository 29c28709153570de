#include "tools/print/legend.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

TEST_CASE("legend: a name keeps the mark that it got first", "[report][legend]") {
  Legend legend(Legend::Marks::Numbers);
  CHECK(legend.mark("letter") == "[1]");
  CHECK(legend.mark("guidance") == "[2]");
  CHECK(legend.mark("letter") == "[1]");
  CHECK(legend.names() == std::vector<std::string>{"letter", "guidance"});
}

TEST_CASE("legend: letters go on after z", "[report][legend]") {
  Legend legend(Legend::Marks::Letters);
  for (int i = 0; i < 26; ++i) legend.mark(std::to_string(i));
  CHECK(legend.mark("0") == "a");
  CHECK(legend.mark("25") == "z");
  CHECK(legend.mark("26") == "aa");
  CHECK(legend.mark("27") == "ab");
}

TEST_CASE("legend: joined names are marked one by one", "[report][legend]") {
  Legend legend(Legend::Marks::Numbers);
  CHECK(legend.mark_all("letter + guidance") == "[1]+[2]");
  CHECK(legend.mark_all("guidance") == "[2]");
  CHECK(legend.mark_all("").empty());
  CHECK(parts_of("a, b", ", ") == std::vector<std::string>{"a", "b"});
}

}  // namespace
}  // namespace chokepoint
