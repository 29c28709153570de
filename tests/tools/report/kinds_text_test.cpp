#include "tools/report/kinds_text.hpp"

#include <catch2/catch.hpp>

#include "sim/indicators/yearly_key.hpp"
#include "tests/sim/study/small_history.hpp"

namespace chokepoint::kinds_text_test {
namespace {

void set(Figures& figures, const std::string& work, const std::string& kind, double spending,
         double coverage, double price) {
  const auto put = [&](const char* what, const char* unit, double value) {
    figures[text_of(
        {std::string("kind_").append(what).append("_").append(work), kind, unit, 2025})] = value;
  };
  put("wished", "packages", 100.0);
  put("spending", "share", spending);
  put("roof", "H100e per package", 0.5);
  put("coverage", "share", coverage);
  put("price", "USD per H100e-month", price);
  put("let_through", "share", 1.0);
  put("delivered", "share", 0.4);
}

Figures two_kinds() {
  Figures figures;
  set(figures, "training", "gpu", 0.8, 1.0, 500.0);
  set(figures, "training", "npu", 0.2, 0.5, 500.0);
  set(figures, "training", "all", 1.0, 0.9, 500.0);
  set(figures, "decode", "gpu", 0.6, 1.0, 500.0);
  set(figures, "decode", "npu", 0.4, 0.8, 400.0);
  set(figures, "decode", "all", 1.0, 0.9, 480.0);
  return figures;
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("kinds text: each kind is held against the one that leads", "[history][why]") {
  const std::string text = kinds_text(small_history_world(), two_kinds(), 2025).value();
  INFO(text);
  CHECK(says(text, "training: gpu has 80% of the money. npu, 20%: a dollar does 0.50 times"));
  CHECK(says(text, "decode: gpu has 60% of the money. npu, 40%: a dollar does 1.00 times"));
}

// Decode for training: 0.8 / 0.5 by coverage, 500 / 400 by price, against all kinds 500 / 480.
TEST_CASE("kinds text: a kind's work is held against the other work", "[history][why]") {
  const std::string text = kinds_text(small_history_world(), two_kinds(), 2025).value();
  INFO(text);
  // Line breaks aside.
  CHECK(says(text, "1.92 times as much decode as training, 1.20 by its roof and 1.60"));
}

TEST_CASE("kinds text: a year without wishes has no answer", "[history][why]") {
  CHECK_FALSE(kinds_text(small_history_world(), two_kinds(), 2024).has_value());
}

}  // namespace
}  // namespace chokepoint::kinds_text_test
