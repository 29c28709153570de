#pragma once

#include <vector>

#include "models/world.hpp"
#include "sim/engine/datacenter/sites.hpp"
#include "sim/engine/kernel/agenda.hpp"
#include "sim/engine/trade/order_book.hpp"
#include "sim/trace/sink.hpp"

namespace chokepoint {

/// Chips that reach their buyers against the rules, once a month, for what was refused and has not
/// been bought instead. Orders share the routes by what they still want. Buyers pay the street
/// price out of the refused budget; nothing of it is revenue of the order's vendor, who sold the
/// packages to somebody else.
class OrderDiversion {
public:
  OrderDiversion(const World& world, Agenda& agenda, TraceSink& trace, OrderBook& book,
                 Sites& sites);

  /// Enters the months, where the world's market diverts.
  void start();

private:
  /// Packages of one order that go one way.
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

  const World& world_;
  Agenda& agenda_;
  TraceSink& trace_;
  OrderBook& book_;
  Sites& sites_;
};

}  // namespace chokepoint
