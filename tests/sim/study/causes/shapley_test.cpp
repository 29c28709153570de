#include "sim/study/causes/shapley.hpp"

#include <rapidcheck.h>
#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "models/random.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t kOrders = 12;

bool has_lever(LeverSet set, std::size_t lever) {
  return (set >> lever & 1) != 0;
}

/// A figure that is drawn for each set: every lever acts on every other. In whole numbers, so that
/// sums are exact.
std::function<double(LeverSet)> drawn_figure(std::size_t levers, std::uint64_t seed) {
  RandomStream random(seed, "figures of sets");
  std::vector<double> figures(std::size_t{1} << levers);
  for (double& figure : figures) figure = std::floor(1'000.0 * random.uniform());
  return [figures](LeverSet set) { return figures[set]; };
}

double sum(const std::vector<ShapleyValue>& values) {
  double all = 0.0;
  for (const ShapleyValue& value : values) all += value.value;
  return all;
}

LeverOrders all_orders(std::size_t levers) {
  return {levers, {}};
}

/// Every order there is, as if it had been drawn.
LeverOrders listed_orders(std::size_t levers) {
  LeverOrders listed{levers, {}};
  std::vector<std::size_t> order(levers);
  std::iota(order.begin(), order.end(), std::size_t{0});
  do {
    listed.sampled.push_back(order);
    listed.sampled.emplace_back(order.rbegin(), order.rend());
  } while (std::ranges::next_permutation(order).found);
  return listed;
}

TEST_CASE("shapley: parts add up to the difference, whichever orders", "[study][shapley]") {
  CHECK(rc::check("sum of parts", [] {
    const auto levers = *rc::gen::inRange<std::size_t>(1, 11);
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const auto figure = drawn_figure(levers, seed);
    const double difference = figure(all_of(levers)) - figure(0);
    for (const auto& orders : {lever_orders(levers, kOrders, seed), all_orders(levers)}) {
      RC_ASSERT(std::abs(sum(shapley_values(orders, figure)) - difference) < 1e-6);
    }
  }));
}

TEST_CASE("shapley: a lever that changes nothing gets nothing at all", "[study][shapley]") {
  CHECK(rc::check("idle lever", [] {
    const auto levers = *rc::gen::inRange<std::size_t>(1, 9);
    const auto idle = *rc::gen::inRange<std::size_t>(0, levers);
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const auto drawn = drawn_figure(levers, seed);
    const auto figure = [&](LeverSet set) { return drawn(set & ~(LeverSet{1} << idle)); };
    for (const auto& orders : {lever_orders(levers, kOrders, seed), all_orders(levers)}) {
      const ShapleyValue value = shapley_values(orders, figure)[idle];
      RC_ASSERT(value.value == 0.0);
      RC_ASSERT(value.standard_error == 0.0);
    }
  }));
}

TEST_CASE("shapley: all sets say what all orders say", "[study][shapley]") {
  for (std::size_t levers = 1; levers <= 6; ++levers) {
    const auto figure = drawn_figure(levers, levers);
    const auto sets = shapley_values(all_orders(levers), figure);
    const auto orders = shapley_values(listed_orders(levers), figure);
    for (std::size_t lever = 0; lever < levers; ++lever) {
      CHECK(sets[lever].value == Approx(orders[lever].value).margin(1e-9));
      CHECK(sets[lever].standard_error == 0.0);
    }
  }
}

// Each of 2000 comparisons is beyond three errors once in 370, were they normal.
TEST_CASE("shapley: sampled parts are within their error of the exact ones", "[study][shapley]") {
  constexpr std::size_t kLevers = 10;
  int beyond = 0, all = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const auto figure = drawn_figure(kLevers, seed);
    const auto exact = shapley_values(all_orders(kLevers), figure);
    const auto sampled = shapley_values(lever_orders(kLevers, 60, seed), figure);
    for (std::size_t lever = 0; lever < kLevers; ++lever, ++all) {
      REQUIRE(sampled[lever].standard_error > 0.0);
      const double off = std::abs(sampled[lever].value - exact[lever].value);
      if (off > 3.0 * sampled[lever].standard_error) ++beyond;
    }
  }
  CHECK(beyond < all / 100);
}

TEST_CASE("shapley: levers that can stand for each other get the same", "[study][shapley]") {
  constexpr std::size_t kLevers = 8;
  int beyond = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const auto drawn = drawn_figure(kLevers, seed);
    const auto figure = [&](LeverSet set) {  // Of 0 and 1, how many count, not which.
      const auto of_both = std::popcount(set & 3);
      return drawn((set & ~LeverSet{3}) | (of_both == 2 ? 3U : of_both == 1 ? 1U : 0U));
    };
    const auto exact = shapley_values(all_orders(kLevers), figure);
    CHECK(exact[0].value == Approx(exact[1].value).margin(1e-9));
    const auto sampled = shapley_values(lever_orders(kLevers, 60, seed), figure);
    const double error = std::hypot(sampled[0].standard_error, sampled[1].standard_error);
    if (std::abs(sampled[0].value - sampled[1].value) > 3.0 * error) ++beyond;
  }
  CHECK(beyond <= 2);
}

// What levers add by themselves does not depend on the order, and pairs see through what two of
// them add together: an order and its reverse have it once each.
TEST_CASE("shapley: pairs of orders are exact where levers act by twos", "[study][shapley]") {
  constexpr std::size_t kLevers = 9;
  const auto figure = [](LeverSet set) {
    double value = 0.0;
    for (std::size_t lever = 0; lever < kLevers; ++lever) {
      if (!has_lever(set, lever)) continue;
      value += static_cast<double>(lever * lever);
      if (lever > 0 && has_lever(set, lever - 1)) value -= 32.0;
    }
    return value;
  };
  const auto exact = shapley_values(all_orders(kLevers), figure);
  const auto sampled = shapley_values(lever_orders(kLevers, 4, 1), figure);
  for (std::size_t lever = 0; lever < kLevers; ++lever) {
    CHECK(sampled[lever].value == Approx(exact[lever].value).margin(1e-9));
    CHECK(sampled[lever].standard_error == Approx(0.0).margin(1e-9));
  }
}

TEST_CASE("shapley: few levers take all sets, many no more than their orders", "[study][shapley]") {
  for (std::size_t levers = 0; levers <= 20; ++levers) {
    const auto orders = lever_orders(levers, kOrders, 1);
    const auto sets = sets_of(orders);
    if (levers <= 4) CHECK(orders.sampled.empty());
    if (levers >= 7) CHECK(orders.sampled.size() == kOrders);
    CHECK(sets.size() <= std::max<std::size_t>(16, 2 + kOrders * (levers - 1)));
    CHECK(sets.front() == 0);
    CHECK(sets.back() == all_of(levers));
  }
  CHECK(lever_orders(8, 5, 1).sampled.size() == 6);
  CHECK(lever_orders(8, 8, 1).sampled == lever_orders(8, 8, 1).sampled);
  CHECK(lever_orders(8, 8, 1).sampled != lever_orders(8, 8, 2).sampled);
}

}  // namespace
}  // namespace chokepoint
