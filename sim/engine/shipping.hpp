#pragma once

#include <optional>

#include "models/world.hpp"
#include "sim/engine/agenda.hpp"
#include "sim/engine/order_book.hpp"
#include "sim/engine/regulator.hpp"
#include "sim/engine/sites.hpp"
#include "sim/engine/supply.hpp"
#include "sim/trace/sink.hpp"

namespace chokepoint {

/// Packages that leave a vendor together.
struct Cargo {
  OrderId order;
  bool substitute = false;  ///< Bought with the refused budget of `order`.
  DeviceId device;
  PoolId pool;
  double units = 0.0;
  Usd price;                     ///< Of one package.
  std::optional<InputId> input;  ///< Figure behind the units; set unless a substitute.
  double admitted_share = 1.0;   ///< At which they were admitted, of what was asked.
  Seconds delay;                 ///< Of the departure, beyond the order's transit.
  double revenue_share = 0.0;    ///< Of the price, paid to the governments on delivery.
  bool licensed = false;         ///< A license let them out.
};

/// Takes packages from the vendor to the site: out of the stock, over the way, past the importing
/// government once more, into the racks.
class Shipping {
public:
  Shipping(const World& world, Agenda& agenda, TraceSink& trace, const Regulator& regulator,
           Supply& supply, OrderBook& book, Sites& sites);

  /// Sends `cargo` under the ruling that admitted it, whose shares and license it takes over.
  /// Requires: the vendor has the packages.
  void send(Cargo cargo, const TwoGateRuling& ruling);

private:
  void arrive(const Cargo& cargo);
  void turn_back(const Cargo& cargo, double units, const TwoGateRuling& ruling);

  const World& world_;
  Agenda& agenda_;
  TraceSink& trace_;
  const Regulator& regulator_;
  Supply& supply_;
  OrderBook& book_;
  Sites& sites_;
};

}  // namespace chokepoint
