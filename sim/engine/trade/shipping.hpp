#pragma once

#include <optional>
#include <vector>

#include "sim/engine/datacenter/sites.hpp"
#include "sim/engine/government/quotas.hpp"
#include "sim/engine/government/regulator.hpp"
#include "sim/engine/kernel/engine_component.hpp"
#include "sim/engine/trade/order_book.hpp"
#include "sim/engine/trade/supply.hpp"

namespace chokepoint {

/// Packages that leave a vendor together.
struct Consignment {
  OrderId order;
  bool substitute = false;  ///< Bought with the refused budget of `order`.
  Goods goods;
  double units = 0.0;
  Usd price;                     ///< Of one package.
  std::optional<InputId> input;  ///< Figure behind the units; set unless a substitute.
  double admitted_share = 1.0;   ///< Admitted of what was asked.
  Seconds delay;                 ///< Of the departure, beyond the order's transit.
  std::vector<Charge> charges;   ///< On the price, paid to the governments on delivery.
  bool licensed = false;         ///< A license or an exception let them out.
};

/// Brings packages from the vendor to the site: takes them out of the stock, waits for the transit,
/// has governments judge them again on arrival, and hands them to the site.
class Shipping : private EngineComponent {
public:
  Shipping(const World& world, Agenda& agenda, TraceSink& trace, const Regulator& regulator,
           Quotas& quotas, Supply& supply, OrderBook& book, Sites& sites);

  /// Sends `consignment` with the exception and the charges of the ruling that admitted it.
  /// Requires: the vendor has the packages and the quotas cover them.
  void send(Consignment consignment, const TwoGateRuling& ruling);

private:
  void arrive(const Consignment& consignment);
  void pay_fees(const Consignment& consignment, Usd revenue);
  void turn_back(const Consignment& consignment, double units, const TwoGateRuling& ruling);

  const Regulator& regulator_;
  Quotas& quotas_;
  Supply& supply_;
  OrderBook& book_;
  Sites& sites_;
};

}  // namespace chokepoint
