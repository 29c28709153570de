#pragma once

#include <vector>

#include "models/market/clearing.hpp"
#include "sim/engine/datacenter/sites.hpp"
#include "sim/engine/kernel/engine_component.hpp"
#include "sim/engine/trade/supply.hpp"

namespace chokepoint {

/// Diversion between markets: chips that were lawfully sold abroad reach buyers who may not have
/// them. At most a share of a device's lawful sales abroad is diverted; the street price clears it;
/// some is seized. The vendor sold them lawfully: its revenue is the list price.
class MarketDiversion : private EngineComponent {
public:
  MarketDiversion(const World& world, Agenda& agenda, TraceSink& trace, Supply& supply,
                  Sites& sites);

  /// True where some route leads to `site`.
  bool leads_to(SiteId site) const { return route_to(site) != nullptr; }

  /// The route that leads to `site`, or null.
  const GreyRoute* route_to(SiteId site) const;

  /// Packages of `offer`, of `in_stock`, that can be diverted to `site` this month.
  double there(std::uint32_t offer, SiteId site, double in_stock) const;

  /// Street price over list price, less 1.
  double premium(std::uint32_t offer) const { return premium_[offer]; }

  /// Takes in the month: lawful sales abroad and refused packages, by offer.
  void close_month(const std::vector<double>& sold_abroad, const std::vector<double>& refused);

  /// Sells packages to a blanket order. Requires: they are there.
  void sell(const BlanketOrder& blanket, double units, Usd list_price);

private:
  void arrive(const BlanketOrder& blanket, double units, double seized, Usd list_price);

  Supply& supply_;
  Sites& sites_;
  std::vector<double> sales_abroad_;  // By offer, packages a month, smoothed.
  std::vector<double> premium_;       // By offer.
};

}  // namespace chokepoint
