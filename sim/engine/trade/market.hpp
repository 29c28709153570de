#pragma once

#include <map>
#include <vector>

#include "sim/engine/government/licensing.hpp"
#include "sim/engine/government/pending_delivery.hpp"
#include "sim/engine/government/quotas.hpp"
#include "sim/engine/government/regulator.hpp"
#include "sim/engine/kernel/engine_component.hpp"
#include "sim/engine/trade/order_book.hpp"
#include "sim/engine/trade/shipping.hpp"
#include "sim/engine/trade/supply.hpp"

namespace chokepoint {

/// What a buyer buys of a device on a day, and what it wanted of it and governments held back.
struct BuyerPurchase {
  double units = 0.0;    ///< Admitted, whole packages.
  double refused = 0.0;  ///< Whole packages.
  Usd price;             ///< Of one package.
  InputId input;         ///< Figure behind the units.
  TwoGateRuling ruling;
};

/// Lets orders fall due, asks governments about every shipment, and ships what they admit, what is
/// licensed, what quotas cover and what the vendor has.
///
/// A pending delivery waits in one of three places: for a decision on its license, in the queue of
/// its quotas, or in the queue of its supply line, first in, first out. When a rule or an exception
/// begins or ends it is judged again, wherever it waits, and moves by the rules of that day. When
/// vendors count their output it tries again. A device without a supply line ships as ordered:
/// nothing is known that would hold it back.
class Marketplace : private EngineComponent {
public:
  Marketplace(const World& world, Agenda& agenda, TraceSink& trace, const Regulator& regulator,
              Quotas& quotas, const Supply& supply, OrderBook& book, Shipping& shipping);

  /// Enters every delivery of the run and every date on which vendors count their output.
  void start();

  /// Books what a buyer asks for today beside the schedule of `order`. Refuses what the ruling
  /// holds back, and ships the rest as if it had fallen due. `which` tells several of a day apart.
  /// Requires: the ruling admits something where there are units.
  void place(OrderId order, std::uint32_t which, const BuyerPurchase& purchase);

  /// Judges and tries again everything that waits. Called when vendors count their output and when
  /// what governments say changes.
  void reconsider();

  /// Packages that `line` makes, are due and have not left, whatever they wait for.
  double waiting(SupplyId line) const;

  /// Packages of `order` that are due and have not left.
  double waiting(OrderId order) const;

  /// Deliveries of `order` in the run, past and to come, in order of date; what was brought forward
  /// is missing from them.
  const std::vector<DueDelivery>& deliveries(OrderId order) const { return due_[order.value]; }

  /// What falls due of `order` from today on, by date; what was brought forward on its new one.
  std::map<Date, double> promised(OrderId order) const;

  /// Moves `units` of a delivery to an earlier date, today or later. Requires: the delivery has
  /// them and is still to come.
  void bring_forward(OrderId order, std::uint32_t delivery, double units, Date to);

private:
  template <class Visitor>
  void for_each_waiting(const Visitor& visit) const;
  void on_due(const PendingKey& key, double units, InputId input);
  void on_decision(const PendingKey& key);
  void consider(PendingDelivery pending);
  void await_decision(PendingDelivery pending, Seconds until);
  void ship(PendingDelivery pending, const TwoGateRuling& ruling);
  void await_supply(PendingDelivery pending, SupplyId line);
  void refuse(const PendingDelivery& pending, double units, const TwoGateRuling& ruling);

  const Regulator& regulator_;
  Quotas& quotas_;
  const Supply& supply_;
  OrderBook& book_;
  Shipping& shipping_;
  Licensing licensing_;
  std::vector<std::vector<DueDelivery>> due_;    // By order.
  std::vector<std::vector<DueDelivery>> early_;  // By order: brought forward to these dates.
  std::map<PendingKey, PendingDelivery> in_review_;
  std::vector<std::vector<PendingDelivery>> waiting_;  // For supply, by line.
};

}  // namespace chokepoint
