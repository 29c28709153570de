#pragma once

#include "sim/engine/government/government.hpp"
#include "sim/engine/trade/market.hpp"
#include "sim/engine/trade/order_diversion.hpp"
#include "sim/engine/trade/pull_forward.hpp"
#include "sim/engine/trade/substitution.hpp"
#include "sim/engine/trade/write_off.hpp"

namespace chokepoint {

/// How orders become shipments, and what buyers and vendors do where rules hold them back.
struct Trade {
  Trade(const World& world, Agenda& agenda, TraceSink& trace, Government& government, Sites& sites)
      : supply(world, agenda),
        book(world, trace),
        shipping(world, agenda, trace, government.regulator, government.quotas, supply, book,
                 sites),
        market(world, agenda, trace, government.regulator, government.quotas, supply, book,
               shipping),
        pull_forward(world, agenda, trace, government.regulator, supply, market),
        write_off(world, agenda, trace, government.regulator, supply, market),
        order_diversion(world, agenda, trace, book, sites),
        substitution(world, agenda, government.regulator, government.quotas, supply, market, book,
                     shipping) {}

  /// Enters all deliveries of schedules, and the months.
  void start() {
    market.start();
    pull_forward.start();
    write_off.start();
    order_diversion.start();
    substitution.start();
  }

  /// Judges again all that waits or lies in stock. Called when rules change.
  void reconsider() {
    market.reconsider();
    write_off.update();
  }

  Supply supply;
  OrderBook book;
  Shipping shipping;
  Marketplace market;
  PullForward pull_forward;
  WriteOff write_off;
  OrderDiversion order_diversion;
  Substitution substitution;
};

}  // namespace chokepoint
