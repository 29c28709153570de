#include "sim/study/causes/drivers.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

namespace chokepoint {
namespace {

/// Draws of `count` independent inputs, "x0", "x1" and so on.
std::vector<InputsOfDraw> drawn(std::size_t draws, std::size_t count, std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  std::normal_distribution<double> normal;
  std::vector<InputsOfDraw> all(draws);
  for (auto& of_draw : all) {
    for (std::size_t i = 0; i < count; ++i) of_draw["x" + std::to_string(i)] = normal(engine);
  }
  return all;
}

template <class Number>
std::vector<double> numbers_of(const std::vector<InputsOfDraw>& inputs, const Number& number) {
  std::vector<double> numbers;
  for (const auto& of_draw : inputs) numbers.push_back(number(of_draw));
  return numbers;
}

// Of y = a x0 + b x1 the indices are a^2 and b^2 over their sum.
TEST_CASE("drivers: a sum of inputs shares its variance out", "[study][drivers]") {
  const auto inputs = drawn(2'000, 30, 7);
  const auto y = numbers_of(inputs, [](const auto& x) { return 3 * x.at("x0") - x.at("x1"); });
  const auto found = drivers_of(inputs, y, 5, 1).value();
  CHECK(found.inputs == 30);
  CHECK(found.draws == 2'000);
  CHECK(found.ranked.size() == 5);
  CHECK(found.ranked[0].path == "x0");
  CHECK(found.ranked[0].first_order == Approx(0.9).margin(0.04));
  CHECK(found.ranked[0].per_deviation == Approx(3.0).margin(0.2));
  CHECK(found.ranked[1].path == "x1");
  CHECK(found.ranked[1].first_order == Approx(0.1).margin(0.04));
  CHECK(found.ranked[1].per_deviation < 0.0);
  CHECK(found.ranked[1].chance <= kDriverChance);
  CHECK(found.ranked[2].chance > kDriverChance);
  CHECK(found.explained == Approx(1.0).margin(0.05));
  CHECK(std::abs(found.ranked[0].first_order - 0.9) < 4 * found.ranked[0].standard_error);
}

// With forty draws of many inputs some correlate by chance; they are no drivers.
TEST_CASE("drivers: of numbers that nothing drives one in twenty is claimed at most",
          "[study][drivers]") {
  int claimed = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const auto inputs = drawn(40, 200, seed);
    std::mt19937_64 engine(seed + 1'000);
    std::normal_distribution<double> normal;
    const auto y = numbers_of(inputs, [&](const auto&) { return normal(engine); });
    claimed += drivers_of(inputs, y, 1, seed)->ranked.front().chance <= kDriverChance ? 1 : 0;
  }
  CHECK(claimed <= 7);  // Binomial: 2 expected, more than 7 once in a thousand.
}

TEST_CASE("drivers: neither the unit nor the order of draws matters", "[study][drivers]") {
  CHECK(rc::check("scale", [](std::uint64_t seed) {
    auto inputs = drawn(30, 6, seed);
    auto y = numbers_of(inputs, [](const auto& x) { return x.at("x2") + 0.5 * x.at("x4"); });
    const auto found = drivers_of(inputs, y, 6, 1).value();
    for (double& one : y) one = 5.0 - 1e6 * one;
    const auto scaled = drivers_of(inputs, y, 6, 1).value();
    for (std::size_t i = 0; i < 2; ++i) {
      RC_ASSERT(found.ranked[i].path == scaled.ranked[i].path);
      RC_ASSERT(std::abs(found.ranked[i].first_order - scaled.ranked[i].first_order) < 1e-6);
      RC_ASSERT(std::signbit(found.ranked[i].per_deviation) !=
                std::signbit(scaled.ranked[i].per_deviation));
    }
  }));
}

TEST_CASE("drivers: too few draws, or numbers that are alike, rank nothing", "[study][drivers]") {
  const auto few = drawn(kLeastDrawsToRank - 1, 3, 1), enough = drawn(kLeastDrawsToRank, 3, 1);
  const auto x0 = [](const auto& x) { return x.at("x0"); };
  CHECK_FALSE(drivers_of(few, numbers_of(few, x0), 3, 1));
  CHECK(drivers_of(enough, numbers_of(enough, x0), 3, 1));
  CHECK_FALSE(drivers_of(enough, numbers_of(enough, [](const auto&) { return 5.0; }), 3, 1));
}

}  // namespace
}  // namespace chokepoint
