#pragma once

#include <optional>
#include <vector>

#include "models/world.hpp"
#include "sim/engine/agenda.hpp"
#include "sim/engine/order_book.hpp"
#include "sim/engine/regulator.hpp"
#include "sim/engine/shipping.hpp"
#include "sim/engine/supply.hpp"
#include "sim/trace/sink.hpp"

namespace chokepoint {

/// Lets orders fall due, asks both governments about every shipment, and ships what they admit and
/// the vendor has.
///
/// What is short waits in one queue per supply line and tries again when the vendor counts its
/// output, and when a rule or a license begins or ends, so that it is judged by what holds: first
/// in, first out. A device without a supply line ships as ordered: nothing is known that would hold
/// it back.
class Marketplace {
public:
  Marketplace(const World& world, Agenda& agenda, TraceSink& trace, const Regulator& regulator,
              const Supply& supply, OrderBook& book, Shipping& shipping);

  /// Enters every delivery of the run and every date on which vendors count their output.
  void start();

  /// Tries again to ship what waits for supply. Called when vendors count their output and when
  /// what governments say changes.
  void reconsider();

  /// Packages of `line` that are due and wait for it.
  double waiting(SupplyId line) const;

private:
  /// Units of one delivery that still stand together.
  struct Parcel {
    OrderId order;
    double units = 0.0;
    InputId input;                          ///< Figure behind the units.
    double admitted_share = 1.0;            ///< Least share at which they were admitted so far.
    std::optional<Seconds> notified_since;  ///< When a government was first told.
    bool was_short = false;
  };

  void on_due(OrderId order, const DueDelivery& due);
  void consider(Parcel parcel);
  void await_notice(const Parcel& parcel, const TwoGateRuling& ruling, Seconds notice);
  void ship(Parcel parcel, const TwoGateRuling& ruling);
  void refuse(const Parcel& parcel, double units, const TwoGateRuling& ruling);

  const World& world_;
  Agenda& agenda_;
  TraceSink& trace_;
  const Regulator& regulator_;
  const Supply& supply_;
  OrderBook& book_;
  Shipping& shipping_;
  std::vector<std::vector<Parcel>> waiting_;  // By supply line.
};

}  // namespace chokepoint
