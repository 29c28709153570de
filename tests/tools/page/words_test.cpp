#include "tools/page/words.hpp"

#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

namespace chokepoint {
namespace {

TEST_CASE("words: amounts have two digits or as many as stand before the point", "[page]") {
  CHECK(amount_in_words(0.0) == "0");
  CHECK(amount_in_words(1'234'567.0) == "1.2 million");
  CHECK(amount_in_words(340'123.0) == "340 thousand");
  CHECK(amount_in_words(999'600.0) == "1.0 million");
  CHECK(amount_in_words(57.4) == "57");
  CHECK(change_in_words(12'000.0) == "+12 thousand");
  CHECK(change_in_words(-3.4e6) == "-3.4 million");
  CHECK(percent_in_words(0.634) == "63 %");
  CHECK(percent_in_words(0.004) == "0.4 %");
  CHECK(money_in_words(2.1e10) == "21 billion USD");
}

TEST_CASE("words: an amount in words is within five percent of it", "[page]") {
  rc::prop("near", [] {
    const double value =
        std::pow(10.0, *rc::gen::inRange(-2, 14)) * *rc::gen::inRange(100, 999) / 100;
    const std::string text = amount_in_words(value);
    double said = std::stod(text);
    if (text.ends_with("thousand")) said *= 1e3;
    if (text.ends_with("million")) said *= 1e6;
    if (text.ends_with("billion")) said *= 1e9;
    if (text.ends_with("trillion")) said *= 1e12;
    RC_ASSERT(std::abs(said - value) <= 0.051 * value);
  });
}

TEST_CASE("words: what stands out has its whole band on one side of zero", "[page]") {
  const std::vector<double> above = {1.0, 2.0, 3.0}, across = {-1.0, 2.0, 3.0};
  CHECK(stands_out(above));
  CHECK_FALSE(stands_out(across));
}

}  // namespace
}  // namespace chokepoint
