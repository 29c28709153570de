#include "sim/study/causes/shapley.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <numeric>
#include <set>
#include <utility>

#include "models/random.hpp"

namespace chokepoint {

namespace {

using Sequence = std::vector<std::size_t>;

constexpr std::size_t kFewLevers = 4;
constexpr std::size_t kMostCounted = 20;  // Of more levers nobody runs all sets.

LeverSet one_lever(std::size_t lever) {
  return LeverSet{1} << lever;
}

bool all_sets_are_few(std::size_t levers, std::size_t orders) {
  if (levers <= kFewLevers) return true;
  if (levers > kMostCounted) return false;
  return all_of(levers) - 1 <= orders * (levers - 1);  // Without none and all.
}

Sequence drawn_order(std::size_t levers, RandomStream& random) {
  Sequence order(levers);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t left = levers; left > 1; --left) {
    const auto at = static_cast<std::size_t>(random.uniform() * static_cast<double>(left));
    std::swap(order[left - 1], order[at]);
  }
  return order;
}

/// Of the sets of as many of the other levers as `set` has, one.
double weight(std::size_t levers, LeverSet set) {
  const int others = static_cast<int>(levers) - 1;
  double sets = 1.0;
  for (int i = 0; i < std::popcount(set); ++i) sets *= static_cast<double>(others - i) / (i + 1);
  return 1.0 / (sets * static_cast<double>(levers));
}

std::vector<ShapleyValue> over_all_sets(std::size_t levers,
                                        const std::function<double(LeverSet)>& figure) {
  std::vector<ShapleyValue> values(levers);
  for (LeverSet set = 0; set < all_of(levers); ++set) {
    const double before = figure(set);
    for (std::size_t lever = 0; lever < levers; ++lever) {
      if ((set & one_lever(lever)) != 0) continue;
      values[lever].value += weight(levers, set) * (figure(set | one_lever(lever)) - before);
    }
  }
  return values;
}

void add_steps(const Sequence& order, const std::function<double(LeverSet)>& figure,
               std::vector<double>& steps) {
  LeverSet set = 0;
  double before = figure(set);
  for (const std::size_t lever : order) {
    set |= one_lever(lever);
    const double after = figure(set);
    steps[lever] += after - before;
    before = after;
  }
}

/// Mean, and its standard error, of what pairs of orders say.
ShapleyValue mean_of(const std::vector<double>& pairs) {
  const auto count = static_cast<double>(pairs.size());
  const double mean = std::accumulate(pairs.begin(), pairs.end(), 0.0) / count;
  double squares = 0.0;
  for (const double pair : pairs) squares += (pair - mean) * (pair - mean);
  return {mean, std::sqrt(squares / (count * (count - 1.0)))};
}

}  // namespace

LeverSet all_of(std::size_t levers) {
  assert(levers <= kMostLevers);
  return one_lever(levers) - 1;
}

LeverOrders lever_orders(std::size_t levers, std::size_t orders, std::uint64_t seed) {
  assert(levers <= kMostLevers && orders >= 4);
  LeverOrders result{levers, {}};
  if (all_sets_are_few(levers, orders)) return result;
  RandomStream random(seed, "orders of levers");
  while (result.sampled.size() < orders) {
    const Sequence order = drawn_order(levers, random);
    result.sampled.push_back(order);
    result.sampled.emplace_back(order.rbegin(), order.rend());
  }
  return result;
}

std::vector<LeverSet> sets_of(const LeverOrders& orders) {
  std::set<LeverSet> sets = {0, all_of(orders.levers)};
  for (const Sequence& order : orders.sampled) {
    LeverSet set = 0;
    for (const std::size_t lever : order) sets.insert(set |= one_lever(lever));
  }
  if (orders.sampled.empty()) {
    for (LeverSet set = 0; set < all_of(orders.levers); ++set) sets.insert(set);
  }
  return {sets.begin(), sets.end()};
}

std::vector<ShapleyValue> shapley_values(const LeverOrders& orders,
                                         const std::function<double(LeverSet)>& figure) {
  if (orders.sampled.empty()) return over_all_sets(orders.levers, figure);
  std::vector<std::vector<double>> pairs(orders.levers);  // By lever.
  for (std::size_t i = 0; i < orders.sampled.size(); i += 2) {
    std::vector<double> steps(orders.levers);
    add_steps(orders.sampled[i], figure, steps);
    add_steps(orders.sampled[i + 1], figure, steps);
    for (std::size_t lever = 0; lever < orders.levers; ++lever) {
      pairs[lever].push_back(steps[lever] / 2.0);
    }
  }
  std::vector<ShapleyValue> values;
  values.reserve(orders.levers);
  for (const auto& of_lever : pairs) values.push_back(mean_of(of_lever));
  return values;
}

}  // namespace chokepoint
