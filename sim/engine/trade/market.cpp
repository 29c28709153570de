#include "sim/engine/trade/market.hpp"
#include "models/world.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace chokepoint {

Marketplace::Marketplace(const World& world, Agenda& agenda, TraceSink& trace,
                         const Regulator& regulator, Quotas& quotas, const Supply& supply,
                         OrderBook& book, Shipping& shipping)
    : EngineComponent(world, agenda, trace),
      regulator_(regulator),
      quotas_(quotas),
      supply_(supply),
      book_(book),
      shipping_(shipping),
      licensing_(world, agenda, trace, regulator),
      early_(world.orders.size()),
      waiting_(world.supplies.size()) {
  for (const Order& order : world.orders) {
    due_.push_back(due_deliveries(order, world.first_day(), world.end_day()));
  }
}

void Marketplace::start() {
  for (std::uint32_t i = 0; i < world_.orders.size(); ++i) {
    for (std::uint32_t k = 0; k < due_[i].size(); ++k) {
      agenda_.at(world_.opening(due_[i][k].date), Phase::Delivery, [this, i, k] {
        const DueDelivery& due = due_[i][k];  // Part of it may have been brought forward.
        on_due({due.date, OrderId{i}, k, 0}, due.units, due.input);
      });
    }
  }
  at_months(Phase::Backlog, [this] { reconsider(); });
}

template <class Visitor>
void Marketplace::for_each_waiting(const Visitor& visit) const {
  for (const auto& [key, pending] : in_review_) visit(pending);
  for (const PendingDelivery& pending : quotas_.waiting()) visit(pending);
  for (const auto& queue : waiting_) {
    for (const PendingDelivery& pending : queue) visit(pending);
  }
}

double Marketplace::waiting(SupplyId line) const {
  double units = 0.0;
  for_each_waiting([&](const PendingDelivery& pending) {
    const DeviceId device = world_.orders[pending.key.order.value].device;
    if (device == world_.supplies[line.value].device) units += pending.units;
  });
  return units;
}

double Marketplace::waiting(OrderId order) const {
  double units = 0.0;
  for_each_waiting([&](const PendingDelivery& pending) {
    if (pending.key.order == order) units += pending.units;
  });
  return units;
}

std::map<Date, double> Marketplace::promised(OrderId order) const {
  std::map<Date, double> units;
  for (const auto* deliveries : {&due_[order.value], &early_[order.value]}) {
    for (const DueDelivery& due : *deliveries) {
      if (due.date >= today() && due.units > 0.0) units[due.date] += due.units;
    }
  }
  return units;
}

void Marketplace::bring_forward(OrderId order, std::uint32_t delivery, double units, Date to) {
  DueDelivery& due = due_[order.value][delivery];
  assert(units <= due.units && to < due.date);
  due.units -= units;
  auto& early = early_[order.value];
  early.push_back({to, units, due.input});
  // Parts are numbered by order, so that what else is brought forward shifts nobody's draws.
  const PendingKey key{to, order, delivery, static_cast<std::uint32_t>(early.size())};
  agenda_.at(world_.opening(to), Phase::Decision,
             [this, key, units, input = due.input] { on_due(key, units, input); });
}

void Marketplace::place(OrderId order, std::uint32_t which, const BuyerPurchase& purchase) {
  trace_.record(DeliveryDue{agenda_.now(), order, world_.orders[order.value].device,
                            purchase.units + purchase.refused});
  book_.of(order).ordered += purchase.units + purchase.refused;
  if (purchase.refused > 0.0) {
    book_.refuse({order, purchase.refused, purchase.price, purchase.input, purchase.ruling, false},
                 agenda_.now());
  }
  if (purchase.units <= 0.0) return;
  PendingDelivery pending;
  pending.key = {today(), order, which, 0};
  pending.units = purchase.units;
  pending.price = purchase.price;
  pending.input = purchase.input;
  pending.admitted_share = purchase.ruling.admitted_share;
  consider(std::move(pending));
}

void Marketplace::on_due(const PendingKey& key, double units, InputId input) {
  if (units <= 0.0) return;
  const Order& order = world_.orders[key.order.value];
  trace_.record(DeliveryDue{agenda_.now(), key.order, order.device, units});
  book_.of(key.order).ordered += units;
  PendingDelivery pending;
  pending.key = key;
  pending.units = units;
  pending.price = order.price.value;
  pending.input = input;
  consider(std::move(pending));
}

void Marketplace::on_decision(const PendingKey& key) {
  auto found = in_review_.extract(key);
  if (!found.empty()) consider(std::move(found.mapped()));
}

void Marketplace::reconsider() {
  for (auto& [key, pending] : std::exchange(in_review_, {})) consider(std::move(pending));
  for (auto& queue : waiting_) {
    for (PendingDelivery& pending : std::exchange(queue, {})) consider(std::move(pending));
  }
  for (PendingDelivery& pending : quotas_.release()) consider(std::move(pending));
}

void Marketplace::consider(PendingDelivery pending) {
  const Order& order = world_.orders[pending.key.order.value];
  const TwoGateRuling ruling = regulator_.judge(goods_of(order), ShipmentState::Offered);
  const double admitted =
      still_admitted(pending.units, pending.admitted_share, ruling.admitted_share);
  if (admitted <= 0.0) licensing_.withdraw(pending);
  if (admitted < pending.units) refuse(pending, pending.units - admitted, ruling);
  if (admitted <= 0.0) return;

  pending.units = admitted;
  pending.admitted_share = std::min(pending.admitted_share, ruling.admitted_share);
  const Licensing::Status status = licensing_.review(pending);
  if (status.refused_by) {
    licensing_.withdraw(pending);
    refuse(pending, pending.units, denial(world_, pending.key.order, *status.refused_by));
  } else if (status.open_until) {
    await_decision(std::move(pending), *status.open_until);
  } else {
    ship(std::move(pending), ruling);
  }
}

void Marketplace::await_decision(PendingDelivery pending, Seconds until) {
  const PendingKey key = pending.key;
  if (pending.awaited != until) {
    agenda_.at(until, Phase::Decision, [this, key] { on_decision(key); });
  }
  pending.awaited = until;
  in_review_.emplace(key, std::move(pending));
}

void Marketplace::ship(PendingDelivery pending, const TwoGateRuling& ruling) {
  const Order& order = world_.orders[pending.key.order.value];
  const auto line = supply_.line_of(order.device);
  double there = pending.units;
  if (line) {
    const bool others_wait = !waiting_[line->value].empty();
    there = others_wait ? 0.0 : std::min(pending.units, supply_.whole_packages(*line));
  }
  const double covered = std::min(pending.units, quotas_.available(pending));
  const double sent = std::min(there, covered);
  if (sent > 0.0) {
    Consignment consignment;
    consignment.order = pending.key.order;
    consignment.goods = goods_of(order);
    consignment.units = sent;
    consignment.price = pending.price;
    consignment.input = pending.input;
    consignment.admitted_share = pending.admitted_share;
    consignment.licensed = pending.is_licensed();
    shipping_.send(consignment, ruling);
    pending.units -= sent;
  }
  if (pending.units <= 0.0) return;
  if (covered - sent <= 0.0) {
    quotas_.wait(std::move(pending));  // What supply lacks beside it, it asks for in its turn.
  } else {
    await_supply(std::move(pending), *line);
  }
}

void Marketplace::await_supply(PendingDelivery pending, SupplyId line) {
  if (!pending.was_short) {
    const DeviceId device = world_.orders[pending.key.order.value].device;
    trace_.record(DeliveryBackordered{agenda_.now(), pending.key.order, device, pending.units});
  }
  pending.was_short = true;
  waiting_[line.value].push_back(std::move(pending));
}

void Marketplace::refuse(const PendingDelivery& pending, double units,
                         const TwoGateRuling& ruling) {
  book_.refuse({pending.key.order, units, pending.price, pending.input, ruling, false},
               agenda_.now());
}

}  // namespace chokepoint
