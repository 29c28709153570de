#include "tools/print/number_format.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <string>

namespace chokepoint {
namespace {

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

TEST_CASE("number_format: thousands are separated in groups of three", "[report][number]") {
  CHECK(format_value(999) == "999");
  CHECK(format_value(1'000) == "1,000");
  CHECK(format_value(-1'234'567) == "-1,234,567");
  CHECK(format_value(12'345.6) == "12,346");
}

TEST_CASE("number_format: fewer decimals the larger the number", "[report][number]") {
  CHECK(format_value(0.0) == "0");
  CHECK(format_value(-0.0) == "0");
  CHECK(format_value(0.01234) == "0.0123");
  CHECK(format_value(0.125) == "0.12");
  CHECK(format_value(9.876) == "9.88");
  CHECK(format_value(98.76) == "98.8");
  CHECK(format_value(3.0) == "3");
}

TEST_CASE("number_format: a difference shows its sign, none shows none", "[report][number]") {
  CHECK(format_difference(1'500) == "+1,500");
  CHECK(format_difference(-0.5) == "-0.50");
  CHECK(format_difference(0.0) == "0");
  CHECK(format_percent(25.06) == "+25.1");
  CHECK(format_percent(-100) == "-100.0");
  CHECK(format_percent(0) == "0");
}

TEST_CASE("number_format: what is no number is a dash or empty", "[report][number]") {
  CHECK(format_value(kNoNumber) == "-");
  CHECK(format_difference(kNoNumber) == "-");
  CHECK(format_percent(kNoNumber) == "-");
  CHECK(format_exact(kNoNumber).empty());
}

TEST_CASE("number_format: an exact number reads back as itself", "[report][number]") {
  for (const double value : {0.1, 1.0 / 3.0, 6.02214076e23, -1e-300, 120.0}) {
    CHECK(std::stod(format_exact(value)) == value);
  }
  CHECK(format_exact(-0.0) == "0");
  CHECK(format_exact(120) == "120");
}

TEST_CASE("number_format: a bracket without width is one number", "[report][number]") {
  CHECK(format_bracket("1", "2") == "1 .. 2");
  CHECK(format_bracket("1", "1") == "1");
}

TEST_CASE("number_format: the ending of a name is its unit", "[report][unit]") {
  CHECK(unit_of("memory_bandwidth_gb_s").text == "GB/s");
  CHECK(unit_of("memory_tb_per_unit").text == "TB");
  CHECK(unit_of("node_power_kw").text == "kW");
  CHECK(unit_of("tdp_w").text == "W");
  CHECK(unit_of("lost_training_usable_h100e").text == "usable H100e");
  CHECK(unit_of("die_count").text.empty());
  CHECK(unit_of("packages").text.empty());  // The name itself.
}

TEST_CASE("number_format: numbers of a kind have digits of their own", "[report][number]") {
  CHECK(format_share(0.6) == "60 %");
  CHECK(format_share<1>(0.6) == "60.0 %");
  CHECK(format_fixed<2>(0.125) == "0.12");
  CHECK(format_fixed<0>(7168) == "7168");
  CHECK(format_rough(1234.5) == "1.23e+03");
  CHECK(format_billions(1.2e9) == "1.20");
}

TEST_CASE("number_format: figures of years are told in the scale of their unit",
          "[report][number]") {
  CHECK(format_scaled(12'340.0, "packages", true) == "+12.3");
  CHECK(format_scaled(12'340.0, "packages", false) == "12.3");
  CHECK(format_scaled(0.0, "packages", true) == "0");
  CHECK(format_scaled(-1.0, "packages", true) == "~0");
  CHECK(format_scaled(-2.5e9, "USD", true) == "-2.50");
  CHECK(format_scaled(0.5, "share", false) == "0.500");
  CHECK(format_scaled(1.25, "months", true) == "+1.25");
  CHECK(scale_of("USD").word == "bn");
}

}  // namespace
}  // namespace chokepoint
