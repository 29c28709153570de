#pragma once

#include <vector>

#include "sim/engine/datacenter/sites.hpp"
#include "sim/engine/kernel/engine_component.hpp"
#include "sim/engine/trade/order_book.hpp"

namespace chokepoint {

/// Diversion for orders of a schedule: once a month, chips reach buyers against the rules, in place
/// of refused ones that were not replaced. Orders share the routes by what they still want. Buyers
/// pay the street price out of the refused budget. The order's vendor sold the packages to somebody
/// else and has no revenue from them here.
class OrderDiversion : private EngineComponent {
public:
  OrderDiversion(const World& world, Agenda& agenda, TraceSink& trace, OrderBook& book,
                 Sites& sites);

  /// Enters the months, if the market of the world has diversion.
  void start();

private:
  /// Packages of one order on one route.
  struct DivertedLot {
    OrderId order;
    double units = 0.0;
    double seized = 0.0;
  };

  void on_month();
  Usd street_price(OrderId order) const;
  std::vector<DivertedLot> lots_of(const DivertedFlow& flow, std::vector<double>& unmet) const;
  void buy(const DivertedLot& lot, Date arrival);
  void arrive(const DivertedLot& lot);

  OrderBook& book_;
  Sites& sites_;
};

}  // namespace chokepoint
