#include "tools/report/cited_input.hpp"

#include <catch2/catch.hpp>
#include <string>

namespace chokepoint {
namespace {

/// A fraction of stack "cuda" for training, estimated with a range; the price of device "h20",
/// reported; units of the second tranche of order "national", estimated without a range.
pb::Scenario scenario() {
  pb::Scenario made;
  auto& stack = *made.add_stacks();
  stack.set_name("cuda");
  auto& attained = *stack.add_attained();
  attained.set_name("training");
  auto& fraction = *attained.mutable_fraction();
  fraction.set_value(0.5);
  fraction.set_low(0.4);
  fraction.set_high(0.6);
  fraction.set_source("paper");
  fraction.set_confidence(pb::ESTIMATED);
  auto& device = *made.add_devices();
  device.set_name("h20");
  device.mutable_price_usd()->set_value(12'000);
  device.mutable_price_usd()->set_confidence(pb::REPORTED);
  auto& order = *made.add_orders();
  order.set_name("national");
  order.add_tranches()->set_name("early");
  auto& late = *order.add_tranches();
  late.set_name("late");
  late.mutable_units_per_month()->set_value(100);
  late.mutable_units_per_month()->set_confidence(pb::ESTIMATED);
  return made;
}

const std::string kFraction = "stacks[cuda].attained[training].fraction";
const std::string kPrice = "devices[h20].price_usd";
const std::string kUnits = "orders[national].tranches[late].units_per_month";

TEST_CASE("cited_input: a path leads to the figure by names, or by an index", "[report][input]") {
  const auto made = scenario();
  REQUIRE(input_at(made, kUnits) != nullptr);
  CHECK(input_at(made, kUnits)->value() == 100.0);
  CHECK(input_at(made, "orders[national].tranches[1].units_per_month") == input_at(made, kUnits));
}

TEST_CASE("cited_input: what is not there, or is no figure, is null", "[report][input]") {
  const auto made = scenario();
  for (const std::string path :
       {"", "devices", "devices[h20]", "devices[h21].price_usd", "devices[h20].price_eur",
        "devices[h20].tdp_w", "devices[h20].name", "orders[national].tranches[2].units_per_month",
        "orders[national", "devices[h20].price_usd.value"}) {
    INFO(path);
    CHECK(input_at(made, path) == nullptr);
  }
}

TEST_CASE("cited_input: lower confidence first, then no range before any range",
          "[report][input]") {
  const auto made = scenario();
  CHECK(least_certain_path({kPrice, kFraction}, made) == kFraction);
  CHECK(least_certain_path({kPrice, kFraction, kUnits}, made) == kUnits);
  CHECK(least_certain_path({kPrice, "nowhere"}, made) == kPrice);
  CHECK(least_certain_path({"nowhere"}, made).empty());
  CHECK(least_certain_path({}, made).empty());
}

TEST_CASE("cited_input: a figure is said with its confidence, source and range",
          "[report][input]") {
  const auto made = scenario();
  CHECK(in_words(*input_at(made, kFraction)) == "0.50, estimated, from paper, 0.40 .. 0.60");
  CHECK(in_words(*input_at(made, kPrice)) == "12,000, reported");
}

}  // namespace
}  // namespace chokepoint
