#include "tools/console/program.hpp"

#include <catch2/catch.hpp>
#include <iostream>
#include <limits>
#include <sstream>

namespace chokepoint {
namespace {

std::string complained(const std::string& message, const std::string& help) {
  std::ostringstream said;
  auto* before = std::cerr.rdbuf(said.rdbuf());
  complain(message, help);
  std::cerr.rdbuf(before);
  return said.str();
}

TEST_CASE("prefer_large_pages: what is allocated afterwards can be used", "[console][program]") {
  prefer_large_pages();
  const std::string large(20'000'000, 'x');
  CHECK(large.back() == 'x');
}

TEST_CASE("complain: the first line is the message, the others follow", "[console][program]") {
  CHECK(complained("it failed", "") == "chokepoint: error: it failed\n");
  CHECK(complained("it failed", "mend it") == "chokepoint: error: it failed\n  help: mend it\n");
  CHECK(complained("replica 0: a\n  help: b\n", "") ==
        "chokepoint: error: replica 0: a\n  help: b\n");
  CHECK(complained("a\x1b[2J\xC2\x9B"
                   "b\nc\r",
                   "") == "chokepoint: error: a?[2J?b\nc?\n");
  CHECK(complained(std::string(100'000, '\n'), "").size() < 100);
  CHECK(complained(std::string(100'000, 'x'), "").size() < 1'000);
}

TEST_CASE("number_complaint: decimal digits alone, in the range", "[console][program]") {
  for (const auto* number : {"0", "7", "10", "100"})
    CHECK(number_complaint(number, 0, 100).empty());
  for (const auto* other : {"", " ", "-0", "-1", "+1", "0x10", "010", "00", "1e1", "1.0", "7 ",
                            "101", "18446744073709551616", "nan"}) {
    INFO(other);
    CHECK(number_complaint(other, 0, 100).find(" is not a whole number from 0 to 100") !=
          std::string::npos);
  }
  CHECK_FALSE(number_complaint("1", 2, 100).empty());
  const auto most = std::numeric_limits<std::uint64_t>::max();
  CHECK(number_complaint("18446744073709551615", 0, most).empty());
}

TEST_CASE("day_complaint, moment_text_complaint: days that scenarios can have",
          "[console][program]") {
  for (const auto* day : {"2000-01-01", "2100-12-31"}) {
    CHECK(day_complaint(day).empty());
    CHECK(moment_text_complaint(day).empty());
  }
  CHECK(moment_text_complaint("2100-12-31T23:59:59Z").empty());
  CHECK(day_complaint("2025-02-30") == "'2025-02-30' is not a day, YYYY-MM-DD");
  CHECK(day_complaint("1999-12-31") == "'1999-12-31' is outside the years 2000 to 2100");
  CHECK(moment_text_complaint("2101-01-01") == "'2101-01-01' is outside the years 2000 to 2100");
}

TEST_CASE("origin_complaint: the run ends behind its beginning and within the years",
          "[console][program]") {
  CHECK(origin_complaint("2025-01-01", "2024-12-31", 2).empty());
  CHECK(origin_complaint("2025-01-01", "2024-11-02", 2).empty());
  CHECK_FALSE(origin_complaint("2025-01-01", "2024-11-01", 2).empty());
  CHECK(origin_complaint("2025-01-01", "2100-12-31", 2) ==
        "the 2 months from 2100-12-31 end after 2100");
  CHECK(origin_complaint("", "2024-11-01", 2).empty());
}

}  // namespace
}  // namespace chokepoint
