#include "sim/engine/market.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace chokepoint {

Marketplace::Marketplace(const World& world, Agenda& agenda, TraceSink& trace,
                         const Regulator& regulator, Quotas& quotas, const Supply& supply,
                         OrderBook& book, Shipping& shipping)
    : world_(world),
      agenda_(agenda),
      trace_(trace),
      regulator_(regulator),
      quotas_(quotas),
      supply_(supply),
      book_(book),
      shipping_(shipping),
      licensing_(world, agenda, trace, regulator),
      early_(world.orders.size()),
      waiting_(world.supplies.size()) {
  for (const Order& order : world.orders) {
    due_.push_back(due_deliveries(order, world.start, world.end));
  }
}

void Marketplace::start() {
  for (std::uint32_t i = 0; i < world_.orders.size(); ++i) {
    for (std::uint32_t k = 0; k < due_[i].size(); ++k) {
      agenda_.at(world_.calendar().at(due_[i][k].date), Phase::Market, [this, i, k] {
        const DueDelivery& due = due_[i][k];  // Part of it may have been brought forward.
        Parcel parcel;
        parcel.key = {due.date, OrderId{i}, k, 0};
        parcel.units = due.units;
        parcel.price = world_.orders[i].price.value;
        parcel.input = due.input;
        on_due(std::move(parcel));
      });
    }
  }
  for (const Seconds date : month_starts(world_)) {
    agenda_.at(date, Phase::Supply, [this] { reconsider(); });
  }
}

template <class Visitor>
void Marketplace::for_each_waiting(const Visitor& visit) const {
  for (const auto& [key, parcel] : at_desks_) visit(parcel);
  for (const Parcel& parcel : quotas_.waiting()) visit(parcel);
  for (const auto& queue : waiting_) {
    for (const Parcel& parcel : queue) visit(parcel);
  }
}

double Marketplace::waiting(SupplyId line) const {
  double units = 0.0;
  for_each_waiting([&](const Parcel& parcel) {
    const DeviceId device = world_.orders[parcel.key.order.value].device;
    if (device == world_.supplies[line.value].device) units += parcel.units;
  });
  return units;
}

double Marketplace::waiting(OrderId order) const {
  double units = 0.0;
  for_each_waiting([&](const Parcel& parcel) {
    if (parcel.key.order == order) units += parcel.units;
  });
  return units;
}

std::map<Date, double> Marketplace::promised(OrderId order) const {
  const Date today = world_.calendar().date_at(agenda_.now());
  std::map<Date, double> units;
  for (const auto* deliveries : {&due_[order.value], &early_[order.value]}) {
    for (const DueDelivery& due : *deliveries) {
      if (due.date >= today && due.units > 0.0) units[due.date] += due.units;
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
  const ParcelKey key{to, order, delivery, static_cast<std::uint32_t>(early.size())};
  agenda_.at(world_.calendar().at(to), Phase::Market, [this, key, units, input = due.input] {
    Parcel parcel;
    parcel.key = key;
    parcel.units = units;
    parcel.price = world_.orders[key.order.value].price.value;
    parcel.input = input;
    on_due(std::move(parcel));
  });
}

void Marketplace::place(OrderId order, std::uint32_t which, const Placed& placed) {
  const Date today = world_.calendar().date_at(agenda_.now());
  trace_.record(DeliveryDue{agenda_.now(), order, world_.orders[order.value].device,
                            placed.units + placed.refused});
  book_.of(order).ordered += placed.units + placed.refused;
  if (placed.refused > 0.0) {
    book_.refuse({order, placed.refused, placed.price, placed.input, placed.ruling, false},
                 agenda_.now());
  }
  if (placed.units <= 0.0) return;
  Parcel parcel;
  parcel.key = {today, order, which, 0};
  parcel.units = placed.units;
  parcel.price = placed.price;
  parcel.input = placed.input;
  parcel.admitted_share = placed.ruling.admitted_share;
  consider(std::move(parcel));
}

void Marketplace::on_due(Parcel parcel) {
  if (parcel.units <= 0.0) return;
  const OrderId order = parcel.key.order;
  trace_.record(DeliveryDue{agenda_.now(), order, world_.orders[order.value].device, parcel.units});
  book_.of(order).ordered += parcel.units;
  consider(std::move(parcel));
}

void Marketplace::on_decision(const ParcelKey& key) {
  auto found = at_desks_.extract(key);
  if (!found.empty()) consider(std::move(found.mapped()));
}

void Marketplace::reconsider() {
  for (auto& [key, parcel] : std::exchange(at_desks_, {})) consider(std::move(parcel));
  for (auto& queue : waiting_) {
    for (Parcel& parcel : std::exchange(queue, {})) consider(std::move(parcel));
  }
  for (Parcel& parcel : quotas_.release()) consider(std::move(parcel));
}

void Marketplace::consider(Parcel parcel) {
  const Order& order = world_.orders[parcel.key.order.value];
  const TwoGateRuling ruling = regulator_.judge(consignment_of(order), Stage::Offered);
  const double admitted =
      still_admitted(parcel.units, parcel.admitted_share, ruling.admitted_share);
  if (admitted <= 0.0) licensing_.withdraw(parcel);
  if (admitted < parcel.units) refuse(parcel, parcel.units - admitted, ruling);
  if (admitted <= 0.0) return;

  parcel.units = admitted;
  parcel.admitted_share = std::min(parcel.admitted_share, ruling.admitted_share);
  const Licensing::Standing standing = licensing_.review(parcel);
  if (standing.refused_by) {
    licensing_.withdraw(parcel);
    refuse(parcel, parcel.units, denial(world_, parcel.key.order, *standing.refused_by));
  } else if (standing.open_until) {
    await_decision(std::move(parcel), *standing.open_until);
  } else {
    ship(std::move(parcel), ruling);
  }
}

void Marketplace::await_decision(Parcel parcel, Seconds until) {
  const ParcelKey key = parcel.key;
  if (parcel.awaited != until) {
    agenda_.at(until, Phase::Market, [this, key] { on_decision(key); });
  }
  parcel.awaited = until;
  at_desks_.emplace(key, std::move(parcel));
}

void Marketplace::ship(Parcel parcel, const TwoGateRuling& ruling) {
  const Order& order = world_.orders[parcel.key.order.value];
  const auto line = supply_.line_of(order.device);
  double there = parcel.units;
  if (line) {
    const bool others_wait = !waiting_[line->value].empty();
    there = others_wait ? 0.0 : std::min(parcel.units, supply_.whole_packages(*line));
  }
  const double covered = std::min(parcel.units, quotas_.available(parcel));
  const double sent = std::min(there, covered);
  if (sent > 0.0) {
    Cargo cargo;
    cargo.order = parcel.key.order;
    cargo.goods = consignment_of(order);
    cargo.units = sent;
    cargo.price = parcel.price;
    cargo.input = parcel.input;
    cargo.admitted_share = parcel.admitted_share;
    cargo.licensed = parcel.is_licensed();
    shipping_.send(cargo, ruling);
    parcel.units -= sent;
  }
  if (parcel.units <= 0.0) return;
  if (covered - sent <= 0.0) {
    quotas_.wait(std::move(parcel));  // What supply lacks beside it, it asks for in its turn.
  } else {
    await_supply(std::move(parcel), *line);
  }
}

void Marketplace::await_supply(Parcel parcel, SupplyId line) {
  if (!parcel.was_short) {
    const DeviceId device = world_.orders[parcel.key.order.value].device;
    trace_.record(ShipmentShort{agenda_.now(), parcel.key.order, device, parcel.units});
  }
  parcel.was_short = true;
  waiting_[line.value].push_back(std::move(parcel));
}

void Marketplace::refuse(const Parcel& parcel, double units, const TwoGateRuling& ruling) {
  book_.refuse({parcel.key.order, units, parcel.price, parcel.input, ruling, false}, agenda_.now());
}

}  // namespace chokepoint
