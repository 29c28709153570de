#pragma once

#include <vector>

#include "models/market/clearing.hpp"
#include "sim/engine/datacenter/sites.hpp"
#include "sim/engine/kernel/engine_component.hpp"
#include "sim/engine/trade/order_book.hpp"
#include "sim/engine/trade/supply.hpp"

namespace chokepoint {

/// Diversion between markets: chips that were lawfully sold abroad reach buyers who may not have
/// them. Who diverts earns the street price of what arrives and pays the list price of all that is
/// sent, so the more is seized the less is diverted, the scarcer it is and the higher its price. Of
/// a device's lawful sales abroad at most a share goes that way. The vendor sold them lawfully: its
/// revenue is the list price. Buyers pay on arrival: money for what is seized comes back to them.
class MarketDiversion : private EngineComponent {
public:
  MarketDiversion(const World& world, Agenda& agenda, TraceSink& trace, Supply& supply,
                  Sites& sites, OrderBook& book);

  /// True where some route leads to `site`.
  bool leads_to(SiteId site) const { return route_to(site) != nullptr; }

  /// The route that leads to `site`, or null.
  const GreyRoute* route_to(SiteId site) const;

  /// Packages of `offer`, of `in_stock`, that can be diverted to `site` this month.
  double there(std::uint32_t offer, SiteId site, double in_stock) const;

  /// Street price over list price, less 1.
  double premium(std::uint32_t offer) const { return premium_[offer]; }

  /// Packages of a month, by offer: lawfully sold abroad, wanted and refused, and diverted.
  struct Month {
    std::vector<double> sold_abroad, refused, diverted;
  };
  /// Takes in the month. The premium rises with the logarithm of how many times what is diverted is
  /// refused: where less comes, what comes is dearer.
  void close_month(const Month& month);

  /// What is sold to a blanket order: packages, their list price, and what their buyer pays.
  struct Sale {
    BlanketOrder blanket;
    double units = 0.0;
    Usd list, price;
  };
  /// Requires: they are there.
  void sell(const Sale& sale);

private:
  void arrive(const Sale& sale, double seized);

  Supply& supply_;
  Sites& sites_;
  OrderBook& book_;
  // By offer, packages a month, smoothed.
  std::vector<double> sales_abroad_, refused_, arrived_;
  std::vector<double> premium_;  // By offer.
};

}  // namespace chokepoint
