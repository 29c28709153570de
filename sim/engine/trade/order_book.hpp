#pragma once

#include <optional>
#include <vector>

#include "models/world.hpp"
#include "sim/engine/government/refusal.hpp"
#include "sim/trace/sink.hpp"

namespace chokepoint {

/// What came of one order so far, in packages; substitutes are not counted.
struct OrderAccount {
  double ordered = 0.0, delivered = 0.0, refused = 0.0;
  std::optional<RuleId> refused_by;  ///< The rule that last held it back.
  Usd unspent;  ///< Value of what was refused, less what was spent on substitutes.
};

/// The accounts of all orders.
class OrderBook {
public:
  OrderBook(const World& world, TraceSink& trace);

  OrderAccount& of(OrderId order) { return accounts_[order.value]; }
  const OrderAccount& of(OrderId order) const { return accounts_[order.value]; }

  /// Books and records that `held` was refused.
  void refuse(const HeldBack& held, Seconds now);

  /// Records the account of every order.
  void close(Seconds now) const;

private:
  const World& world_;
  TraceSink& trace_;
  std::vector<OrderAccount> accounts_;
};

}  // namespace chokepoint
