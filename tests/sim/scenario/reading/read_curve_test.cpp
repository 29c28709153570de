#include "sim/scenario/reading/read_curve.hpp"

#include <catch2/catch.hpp>

#include "tests/day.hpp"
#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

const std::string kBudget = "budget_usd_bn_per_year";
constexpr double kBillion = 1e9;

std::string seen_on(const std::string& day) {
  return economy_text() + "as_of: \"" + day + "\"";
}

TEST_CASE("read_curve: points, growth and ceiling are in base units", "[scenario][read]") {
  const World world = world_of(economy_text());
  const Curve& budget = world.buyers[0].budget;
  CHECK(budget.shape == CurveShape::Linear);
  REQUIRE(budget.points.size() == 3);
  CHECK(budget.points[0].on == day("2024-01-01"));
  CHECK(budget.points[1].value.value == 2.0 * kBillion);
  REQUIRE(budget.points[1].value.input);
  CHECK(world.inputs[budget.points[1].value.input->value].low == 1.0);
  CHECK(budget.growth_per_year.value == 0.5);
  CHECK(budget.ceiling == 9.0 * kBillion);
}

TEST_CASE("read_curve: what is not written is a step without growth or end", "[scenario][read]") {
  const Curve price = world_of(economy_text()).offers[0].price;
  CHECK(price.shape == CurveShape::Step);
  CHECK(price.growth_per_year.value == 0.0);
  CHECK_FALSE(price.ceiling);
  CHECK(world_of(economy_but(kBudget, "LINEAR", "STEADY_RATE")).buyers[0].budget.shape ==
        CurveShape::Log);
}

TEST_CASE("read_curve: a day leaves out what came after it", "[scenario][read]") {
  const auto points = [](const std::string& seen) {
    return world_of(seen_on(seen)).buyers[0].budget.points.size();
  };
  CHECK(points("2023-12-31") == 0);
  CHECK(points("2024-01-01") == 1);
  CHECK(points("2024-12-31") == 1);
  CHECK(points("2025-01-01") == 2);
  CHECK(points("2026-01-01") == 3);
  // What is left goes on as it grew.
  const Curve early = world_of(seen_on("2024-06-01")).buyers[0].budget;
  CHECK(value_on(early, day("2026-01-01")) == Approx(1.0 * kBillion * 1.5 * 1.5).epsilon(2e-3));
}

// From 1 to 2 in the year before: as much again is half of the last value. 1.5 * 1.5 is that and
// the growth that is written, each half of it in logarithms.
TEST_CASE("read_curve: a steady rate that is cut short keeps half of its pace",
          "[scenario][read]") {
  const auto growth = [](const std::string& day) {
    return world_of(economy_but(kBudget, "LINEAR", "STEADY_RATE") + "as_of: \"" + day + "\"")
        .buyers[0]
        .budget.growth_per_year.value;
  };
  CHECK(growth("2025-06-01") == Approx(0.5));
  CHECK(growth("2024-06-01") == 0.5);  // One point has no pace.
  CHECK(growth("2027-01-01") == 0.5);  // Nothing is cut.
}

// The price of July was announced in March.
TEST_CASE("read_curve: a plan is known before its day", "[scenario][read]") {
  const auto points = [](const std::string& text) { return world_of(text).offers[0].price.points; };
  CHECK(points(seen_on("2025-02-28")).size() == 1);
  CHECK(points(seen_on("2025-03-01")).size() == 2);
  // And what became known late is not known on its day.
  const std::string late = economy_but("known_on: \"2025-03-01\"", "2025-03-01", "2025-12-01");
  CHECK(points(late + "as_of: \"2025-11-30\"").size() == 1);
  CHECK(points(late + "as_of: \"2025-12-01\"").size() == 2);
}

TEST_CASE("read_curve: what is wrong with a curve", "[scenario][read]") {
  CHECK(only_error(economy_but("name: \"cloud_asic\"\n  device: \"cloud_asic\"\n  node",
                               "points { on: \"2024-01-01\" value { value: 5000 source: \"guess\" "
                               "confidence: ESTIMATED } }",
                               "")) ==
        "price_usd has no point | add points { on: \"2021-01-01\" value { ... } }");
  CHECK(
      only_error(economy_but(kBudget, "on: \"2025-01-01\"", "on: \"2024-01-01\"")) ==
      "a point on 2024-01-01 after one on 2024-01-01 | dates out of order: the dates of one curve "
      "increase");
  CHECK(only_error(economy_but(kBudget, "value { value: 1 ", "value { value: -1 "))
            .find("value is -1, must") == 0);
  CHECK(only_error(
            economy_but(kBudget, "growth_per_year { value: 0.5", "growth_per_year { value: -1"))
            .find("growth_per_year is -1, must be at least -0.99") == 0);
  CHECK(only_error(economy_but(kBudget, "on: \"2024-01-01\"", "on: \"2024-02-30\""))
            .find("2024-02-30") != std::string::npos);
  CHECK(
      only_error(economy_but("name: \"cloud_desert\"",
                             "training_share { points { on: "
                             "\"2024-01-01\" value { value: 0.6 source: \"guess\" confidence: "
                             "ESTIMATED } } }",
                             "")) ==
      "training_share is missing | write training_share { points { on: \"2021-01-01\" value { ... "
      "} } }");
}

}  // namespace
}  // namespace chokepoint
