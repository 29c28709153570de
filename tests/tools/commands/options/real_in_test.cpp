#include "tools/commands/options/real_in.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

bool takes(double least, double most, std::string text) {
  return RealIn(least, most)(text).empty();
}

TEST_CASE("real in: numbers between its ends, which help says", "[commands]") {
  CHECK(takes(1.0, 10.0, "1"));
  CHECK(takes(1.0, 10.0, "1e1"));
  CHECK_FALSE(takes(1.0, 10.0, "0.999"));
  CHECK_FALSE(takes(1.0, 10.0, "10.001"));
  CHECK(RealIn(1.0, 1e7).get_description() == "in [1 - 1e+07]");
}

TEST_CASE("real in: what is no number, or without end, is refused", "[commands]") {
  for (const char* text : {"nan", "NaN", "-nan", "inf", "-inf", "1e999", "", "x", "1x"}) {
    CHECK_FALSE(takes(0.0, 1e18, text));
  }
  std::string nan = "nan", nothing = "0";
  CHECK(RealIn(1.0, 10.0)(nan) == "'nan' is no number from 1 to 10");
  CHECK_FALSE(positive()(nothing).empty());
}

TEST_CASE("real in: a number may end in K, M, B or T", "[commands]") {
  CHECK(without_suffix("15T") == "15e12");
  CHECK(without_suffix("1.5B") == "1.5e9");
  for (const char* text : {"", "15", "1e12", "15t", "x"}) CHECK(without_suffix(text) == text);
}

}  // namespace
}  // namespace chokepoint
