#include "sim/scenario/text/read_file.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/scenario_folder.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

// What reading a file of these bytes reports, without the line that counts.
std::string report(const std::string& bytes) {
  const ScenarioFolder folder("x", bytes);
  Diagnostics found;
  CHECK_FALSE(read_file("x", "x", {"x", 0, 0}, found));
  const std::string text = printed(found);
  return text.substr(0, text.rfind("x.textproto: "));
}

TEST_CASE("read_file: text comes as it is, without a byte order mark", "[scenario][read_file]") {
  const ScenarioFolder folder(Files{{"plain", "a\n"},
                                    {"marked",
                                     "\xEF\xBB\xBF"
                                     "a\n"}});
  Diagnostics found;
  CHECK(read_file("plain", "shown", {"shown", 0, 0}, found) == "a\n");
  CHECK(found.line_at({"shown", 1, 1}) == "a");
  CHECK(read_file("marked", "marked", {"marked", 0, 0}, found) == "a\n");
}

TEST_CASE("read_file: what is no text is refused", "[scenario][read_file]") {
  CHECK(report("") == "x: error: is empty\n");
  CHECK(report("ab\0c"s) == "x: error: is not text: byte 0x00 at offset 2\n");
  CHECK(report("\x7F"
               "ELF") == "x: error: is not text: byte 0x7f at offset 0\n");
  CHECK(report("a\nbc\xFF\n") ==
        "x:2:3: error: byte 0xff is not UTF-8\n    bc?\n      ^\n"
        "  help: save the file with the encoding UTF-8\n");
}

TEST_CASE("read_file: what cannot be opened says why", "[scenario][read_file]") {
  const ScenarioFolder folder("sub/x", "a");
  Diagnostics found;
  CHECK_FALSE(read_file("none", "none", {"none", 0, 0}, found));
  CHECK_FALSE(read_file("sub", "sub", {"sub", 0, 0}, found));
  CHECK_FALSE(read_file("none", "none", {"asker", 3, 1}, found));
  REQUIRE(found.items().size() == 3);
  CHECK(found.items()[0].message == "no such file");
  CHECK(found.items()[1].message == "is a folder");
  CHECK(found.items()[2].message == "'none': no such file");
}

}  // namespace
}  // namespace chokepoint
