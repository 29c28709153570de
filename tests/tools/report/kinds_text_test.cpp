#include "tools/report/why.hpp"

#include <catch2/catch.hpp>

#include "sim/indicators/listing.hpp"
#include "tests/sim/study/small_history.hpp"

namespace chokepoint::kinds_text_test {
namespace {

void set(Figures& figures, WorkKind work, const std::string& kind, double spending, double coverage,
         double price) {
  const auto put = [&](const YearlyIndicator& what, double value) {
    figures[what.of(work, kind, 2025)] = value;
  };
  put(indicator("kind_wished_"), 100.0);
  put(indicator("kind_spending_"), spending);
  put(indicator("kind_roof_"), 0.5);
  put(indicator("kind_coverage_"), coverage);
  put(indicator("kind_price_"), price);
  put(indicator("kind_let_through_"), 1.0);
  put(indicator("kind_delivered_"), 0.4);
}

Figures two_kinds() {
  Figures figures;
  set(figures, WorkKind::Training, "gpu", 0.8, 1.0, 500.0);
  set(figures, WorkKind::Training, "npu", 0.2, 0.5, 500.0);
  set(figures, WorkKind::Training, "all", 1.0, 0.9, 500.0);
  set(figures, WorkKind::Decode, "gpu", 0.6, 1.0, 500.0);
  set(figures, WorkKind::Decode, "npu", 0.4, 0.8, 400.0);
  set(figures, WorkKind::Decode, "all", 1.0, 0.9, 480.0);
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
