#include "sim/scenario/text/phrases.hpp"

#include <catch2/catch.hpp>
#include <limits>

namespace chokepoint {
namespace {

TEST_CASE("phrases: a number is written as shortly as it reads back", "[scenario][phrases]") {
  CHECK(phrase(0.1) == "0.1");
  CHECK(phrase(-320.0) == "-320");
  CHECK(phrase(1e6) == "1000000");
  CHECK(phrase(1e20) == "1e+20");
  CHECK(phrase(1234567.0) == "1234567");
  CHECK(phrase(std::numeric_limits<double>::quiet_NaN()) == "nan");
}

TEST_CASE("phrases: a long text is quoted by its ends", "[scenario][phrases]") {
  CHECK(in_quotes("h20") == "'h20'");
  CHECK(in_quotes(std::string(60, 'x')).size() == 62);
  const std::string endless = "begin" + std::string(100'000, 'x') + "end";
  CHECK(in_quotes(endless).size() == 40 + 3 + 15 + 2);
  CHECK(in_quotes(endless).substr(0, 6) == "'begin");
}

TEST_CASE("phrases: a list names five and counts the rest", "[scenario][phrases]") {
  CHECK(listed({}) == "");
  CHECK(listed({"a"}) == "a");
  CHECK(listed({"a", "b", "c", "d", "e"}) == "a, b, c, d, e");
  CHECK(listed({"a", "b", "c", "d", "e", "f", "g"}) == "a, b, c, d, e (and 2 more)");
}

TEST_CASE("phrases: a sentence joins words and numbers", "[scenario][phrases]") {
  CHECK(concat("needs ", 2.5, " of ", 3, std::string(" parts")) == "needs 2.5 of 3 parts");
}

}  // namespace
}  // namespace chokepoint
