#include "models/policy/review.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <string>

namespace chokepoint {
namespace {

constexpr double kNinetyFive = 1.6448536269514722;

struct Figures {
  std::vector<Input> inputs;
  Review review;
};

Figures figures(double value, std::optional<double> low, std::optional<double> high,
                double refusal_probability = 0.0) {
  Figures result;
  result.inputs = {{"days", value, low, high, Confidence::Estimated, SourceId{0}}};
  result.review.time = {Seconds{value * 86'400.0}, InputId{0}};
  result.review.refusal_probability.value = refusal_probability;
  return result;
}

double days(const Figures& of, double z) {
  return review_time(of.review, of.inputs, z).value / 86'400.0;
}

TEST_CASE("review: the time passes through the figure and the ends of its range",
          "[policy][review]") {
  for (const auto& of : {figures(40, 20, 120), figures(40, 0, 120), figures(25, 25, 25)}) {
    const Input& input = of.inputs[0];
    CHECK(days(of, 0.0) == Approx(input.value));
    CHECK(days(of, -kNinetyFive) == Approx(*input.low).margin(1e-9));
    CHECK(days(of, kNinetyFive) == Approx(*input.high));
  }
}

TEST_CASE("review: later in the distribution is never earlier, and no time is negative",
          "[policy][review]") {
  for (const auto& of : {figures(40, 20, 120), figures(3, 0, 120), figures(0, 0, 9)}) {
    double before = 0.0;
    for (double z = -6.0; z <= 6.0; z += 0.01) {
      REQUIRE(days(of, z) >= before);
      before = days(of, z);
    }
  }
}

TEST_CASE("review: without a range the figure is the time", "[policy][review]") {
  CHECK(days(figures(25, {}, {}), 3.0) == 25.0);
  Review unknown;
  unknown.time.value = 7_days;
  CHECK(review_time(unknown, {}, -2.0) == 7_days);
}

// 0.3 of 10 000 with a standard deviation of 46; 5 % below 20 days.
TEST_CASE("review: draws have the range and the chance that the figures state",
          "[policy][review]") {
  const auto of = figures(40, 20, 120, 0.3);
  int refused = 0, quick = 0;
  for (int i = 0; i < 10'000; ++i) {
    RandomStream stream(1, "license/order/" + std::to_string(i) + "/rule");
    const Decision decision = draw(of.review, of.inputs, stream);
    refused += decision.refused ? 1 : 0;
    quick += decision.time < 20_days ? 1 : 0;
  }
  CHECK(std::abs(refused - 3'000) < 250);
  CHECK(std::abs(quick - 500) < 120);
}

TEST_CASE("review: with one stream, slower is never sooner and stricter never grants more",
          "[policy][review]") {
  for (int i = 0; i < 500; ++i) {
    const std::string name = std::to_string(i);
    RandomStream first(1, name), again(1, name), second(1, name);
    const auto mild = figures(40, 20, 120, 0.2), strict = figures(60, 30, 200, 0.4);
    const Decision a = draw(mild.review, mild.inputs, first);
    const Decision b = draw(strict.review, strict.inputs, second);
    const Decision same = draw(mild.review, mild.inputs, again);
    REQUIRE(a.time == same.time);
    REQUIRE(a.refused == same.refused);
    REQUIRE(a.time <= b.time);
    REQUIRE((!a.refused || b.refused));
  }
}

TEST_CASE("review: certainty is certain", "[policy][review]") {
  const auto never = figures(1, {}, {}, 0.0), always = figures(1, {}, {}, 1.0);
  for (int i = 0; i < 1'000; ++i) {
    RandomStream stream(7, std::to_string(i));
    REQUIRE_FALSE(draw(never.review, never.inputs, stream).refused);
    REQUIRE(draw(always.review, always.inputs, stream).refused);
  }
}

}  // namespace
}  // namespace chokepoint
