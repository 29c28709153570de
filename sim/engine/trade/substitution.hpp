#pragma once

#include <optional>
#include <vector>

#include "models/world.hpp"
#include "sim/engine/government/quotas.hpp"
#include "sim/engine/government/regulator.hpp"
#include "sim/engine/kernel/agenda.hpp"
#include "sim/engine/trade/market.hpp"
#include "sim/engine/trade/order_book.hpp"
#include "sim/engine/trade/shipping.hpp"
#include "sim/engine/trade/supply.hpp"

namespace chokepoint {

/// Spends the value of refused units on domestic devices, once a month, if the market of the world
/// says so. What vendors can spare is shared by refused value, so that the sequence of orders does
/// not matter. Money that finds no offer is carried over.
class Substitution {
public:
  Substitution(const World& world, Agenda& agenda, const Regulator& regulator, const Quotas& quotas,
               const Supply& supply, const Marketplace& market, OrderBook& book,
               Shipping& shipping);

  /// Enters the first day of every month.
  void start();

private:
  void on_month();
  void spend(OrderId order, double share, const std::vector<double>& free);
  /// Goods of a domestic pool, which leave from the country of their vendor.
  Goods goods_for(PoolId pool, OrgId buyer) const;
  std::optional<DomesticOffer> offer(PoolId pool, OrgId buyer, double share,
                                     const std::vector<double>& free) const;
  /// Packages that may go today and leave every delivery due until the run's end on time.
  double unpromised(SupplyId line) const;

  const World& world_;
  Agenda& agenda_;
  const Regulator& regulator_;
  const Quotas& quotas_;
  const Supply& supply_;
  const Marketplace& market_;
  OrderBook& book_;
  Shipping& shipping_;
};

}  // namespace chokepoint
