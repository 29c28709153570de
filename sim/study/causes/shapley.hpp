#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace chokepoint {

/// Levers that are applied, a bit for each.
using LeverSet = std::uint64_t;

/// As many fit into a set.
inline constexpr std::size_t kMostLevers = 60;

/// All of so many levers. Requires: at most kMostLevers.
LeverSet all_of(std::size_t levers);

/// In which orders levers are applied one after another, from none to all of them.
struct LeverOrders {
  std::size_t levers = 0;
  /// Each with its reverse behind it. Empty: all that there are.
  std::vector<std::vector<std::size_t>> sampled;
};

/// All orders, where levers are at most four or all of their sets no more than `orders` would go
/// through; else that many (one more where odd) of those that are drawn from `seed`. Requires: at
/// least four orders, at most kMostLevers levers.
LeverOrders lever_orders(std::size_t levers, std::size_t orders, std::uint64_t seed);

/// Every set that orders go through, none and all included, rising.
std::vector<LeverSet> sets_of(const LeverOrders& orders);

/// What a lever adds to a figure, in its unit, when it is applied; the mean over orders.
struct ShapleyValue {
  double value = 0.0;
  /// Of the mean, from how pairs of an order and its reverse scatter; 0 where all orders count.
  double standard_error = 0.0;
};

/// By lever, of a figure that is `figure(set)` with a set of sets_of() applied.
///
///   phi(i) = mean over orders of  figure(those before i, and i) - figure(those before i)
///
/// Values add up to figure(all) - figure(none), whichever orders; a lever that changes nothing gets
/// 0 exactly. Source: Shapley, "A value for n-person games", 1953; sampled as in Castro, Gomez and
/// Tejada, Computers & Operations Research 36, 2009, with pairs as in Mitchell et al., JMLR 23,
/// 2022.
std::vector<ShapleyValue> shapley_values(const LeverOrders& orders,
                                         const std::function<double(LeverSet)>& figure);

}  // namespace chokepoint
