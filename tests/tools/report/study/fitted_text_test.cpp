#include "tools/report/study/study_text.hpp"

#include <google/protobuf/text_format.h>

#include <catch2/catch.hpp>

#include "tests/sim/study/small_history.hpp"

namespace chokepoint {
namespace {

TEST_CASE("fitted text: what was fitted is a part of a scenario", "[history]") {
  FitMethod two;
  two.paths = {"supplies[east_line].stock_units", "choice.sensitivity"};
  Composed composed = small_history();
  auto& sensitivity = *composed.scenario.mutable_choice()->mutable_sensitivity();
  sensitivity.set_low(1.0);
  sensitivity.set_high(5.0);
  const Fit found{{0.75, -1.0}, {2'863.0, 1.537}, 0.1, 0.2};
  pb::Scenario part;
  const std::string text = fitted_text(composed, two, found);
  INFO(text);
  REQUIRE(google::protobuf::TextFormat::ParseFromString(text, &part));
  const auto& stock = part.supplies(0).stock_units();
  CHECK(part.supplies(0).name() == "east_line");
  CHECK(stock.value() == 2'863.0);
  CHECK(stock.low() == 100.0);  // The prior's range stays.
  CHECK(stock.high() == 10'000.0);
  CHECK(stock.source() == "fitted");
  CHECK(stock.note() == "+0.75 standard deviations from the prior, 1000");
  CHECK(part.choice().sensitivity().value() == 1.537);
  CHECK(part.choice().sensitivity().note().find("-1.00 standard deviations") == 0);
}

}  // namespace
}  // namespace chokepoint
