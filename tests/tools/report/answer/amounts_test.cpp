#include "tools/report/answer/amounts.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>

namespace chokepoint {
namespace {

TEST_CASE("amounts: as people say them", "[answer][amounts]") {
  CHECK(amount_of(1'523'456, "H100e") == "1.52 M H100e");
  CHECK(amount_of(310'204, "packages") == "310 k packages");
  CHECK(amount_of(9'999.4, "packages") == "9,999 packages");
  CHECK(amount_of(0.4123, "share") == "41.2 %");
  CHECK(size_of_change(-0.1323, "share") == "13.2 points");
  CHECK(amount_of(12.14e9, "USD") == "12.1 bn USD");
  CHECK(amount_of(250, "million USD") == "250 M USD");
  CHECK(amount_of(33'922, "1e12 tokens") == "33.9 k trillion tokens");
  CHECK(amount_of(0, "H100e") == "0 H100e");
  CHECK(band_of_changes({-5.2e5, 1.2e5}, "H100e") == "[-520 k, +120 k]");
  CHECK(bare_amount(0.4123, "share") + bare_unit("share") == "41.2%");
  CHECK(bare_change(12'345, "H100e") == "+12.3 k");
  CHECK(bare_change(0, "H100e") == "0");
  CHECK(band_of_levels({0.1, 0.25}, "share") == "[10.0, 25.0]");
}

TEST_CASE("amounts: never more than three digits that count, save below ten thousand",
          "[answer][amounts]") {
  CHECK(rc::check("digits", [] {
    const double value = std::pow(10.0, *rc::gen::inRange(40, 110) * 0.1);
    const std::string text = amount_of(value, "H100e");
    int digits = 0;
    for (const char c : text.substr(0, text.find('H'))) digits += c >= '0' && c <= '9' ? 1 : 0;
    RC_ASSERT(digits <= 4);
  }));
}

}  // namespace
}  // namespace chokepoint
