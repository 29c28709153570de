#pragma once

#include <optional>

#include "models/ecosystem/stock.hpp"
#include "models/ids.hpp"
#include "models/software/maturity.hpp"
#include "models/units.hpp"
#include "sim/trace/event/timeline.hpp"

namespace chokepoint {

/// A delivery of an order fell due: these units are "ordered" from now on.
struct DeliveryDue {
  Seconds time;
  OrderId order;
  DeviceId device;
  double units = 0.0;
  bool operator==(const DeliveryDue&) const = default;
};

/// Units that the vendor could not supply on the day; they wait for the next output.
struct DeliveryBackordered {
  Seconds time;
  OrderId order;
  DeviceId device;
  double units = 0.0;
  bool operator==(const DeliveryBackordered&) const = default;
};

/// Units that left the vendor. A substitute was bought with the refused budget of `order`: another
/// device, or the same on the way around.
struct ShipmentSent {
  Seconds time;
  OrderId order;
  bool substitute = false;
  DeviceId device;
  PoolId pool;
  double units = 0.0;
  std::optional<ExceptionId> exception;  ///< Under which they move.
  bool operator==(const ShipmentSent&) const = default;
};

/// Units that reached their site and now belong to a stock there.
struct ShipmentDelivered {
  Seconds time;
  OrderId order;
  bool substitute = false;
  DeviceId device;
  double units = 0.0;
  ChipStock stock;  ///< Where they stand, whose they are, under what status; `units` unset.
  Usd revenue;      ///< Booked on delivery: what a border turns back earns nothing.
  Usd government_receipts;
  bool operator==(const ShipmentDelivered&) const = default;
};

/// The account of an order when the run ends: ordered = delivered + refused + outstanding.
/// Substitutes are not counted.
struct OrderClosed {
  Seconds time;
  OrderId order;
  DeviceId device;
  double ordered = 0.0, delivered = 0.0, refused = 0.0;
  double outstanding = 0.0;  ///< Waiting for supply, license or quota, or under way.
  bool operator==(const OrderClosed&) const = default;
};

/// What the buyer of an order wished for of its device for one kind of work in the year that ends,
/// what became of that, and why it did; means are over packages wished for.
struct ChoiceMade {
  Seconds time;
  OrderId order;
  DeviceId device;
  WorkKind work = WorkKind::Training;
  double bought = 0.0;       ///< Packages.
  double refused = 0.0;      ///< Packages, by a government.
  double not_there = 0.0;    ///< Packages of first choices that were let through and sold out.
  Usd spent;                 ///< Charges passed through included.
  double roof = 0.0;         ///< Of one package: reference devices at the work, nominal.
  double useful_rate = 0.0;  ///< What stack and ports make of that.
  Usd monthly_cost;          ///< Of owning one package.
  double preference = 0.0;   ///< Rest of the utility: captivity, less risk and porting.

  /// Packages, whatever became of them.
  double wished() const { return bought + refused + not_there; }
  bool operator==(const ChoiceMade&) const = default;
};

/// Orders, deliveries and what buyers choose.
using TradeEvents = EventList<DeliveryDue, DeliveryBackordered, ShipmentSent, ShipmentDelivered,
                              OrderClosed, ChoiceMade>;

}  // namespace chokepoint
