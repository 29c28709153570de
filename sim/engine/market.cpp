#include "sim/engine/market.hpp"

#include <algorithm>
#include <utility>

namespace chokepoint {

namespace {

/// Delay that is left: notices run side by side from the day on which the first one was given.
Seconds left_of(Seconds notice, std::optional<Seconds> since, Seconds now) {
  return since ? std::max(Seconds{}, notice - (now - *since)) : notice;
}

}  // namespace

Marketplace::Marketplace(const World& world, Agenda& agenda, TraceSink& trace,
                         const Regulator& regulator, const Supply& supply, OrderBook& book,
                         Shipping& shipping)
    : world_(world),
      agenda_(agenda),
      trace_(trace),
      regulator_(regulator),
      supply_(supply),
      book_(book),
      shipping_(shipping),
      waiting_(world.supplies.size()) {}

void Marketplace::start() {
  for (std::uint32_t i = 0; i < world_.orders.size(); ++i) {
    for (const DueDelivery& due : due_deliveries(world_.orders[i], world_.start, world_.end)) {
      agenda_.at(world_.calendar().at(due.date), Phase::Market,
                 [this, order = OrderId{i}, due] { on_due(order, due); });
    }
  }
  for (const Seconds date : month_starts(world_)) {
    agenda_.at(date, Phase::Supply, [this] { reconsider(); });
  }
}

double Marketplace::waiting(SupplyId line) const {
  double units = 0.0;
  for (const Parcel& parcel : waiting_[line.value]) units += parcel.units;
  return units;
}

void Marketplace::on_due(OrderId order, const DueDelivery& due) {
  if (due.units <= 0.0) return;
  trace_.record(DeliveryDue{agenda_.now(), order, world_.orders[order.value].device, due.units});
  book_.of(order).ordered += due.units;
  consider({order, due.units, due.input, 1.0, {}, false});
}

void Marketplace::reconsider() {
  for (auto& queue : waiting_) {
    for (Parcel& parcel : std::exchange(queue, {})) consider(parcel);
  }
}

void Marketplace::consider(Parcel parcel) {
  const Order& order = world_.orders[parcel.order.value];
  const TwoGateRuling ruling = regulator_.judge(order.device, order.pool, order.buyer);
  const double admitted =
      still_admitted(parcel.units, parcel.admitted_share, ruling.admitted_share);
  if (admitted < parcel.units) refuse(parcel, parcel.units - admitted, ruling);
  if (admitted <= 0.0) return;

  parcel.units = admitted;
  parcel.admitted_share = std::min(parcel.admitted_share, ruling.admitted_share);
  const Seconds notice = left_of(ruling.notice, parcel.notified_since, agenda_.now());
  if (notice > Seconds{}) {
    await_notice(parcel, ruling, notice);
  } else {
    ship(parcel, ruling);
  }
}

void Marketplace::await_notice(const Parcel& parcel, const TwoGateRuling& ruling, Seconds notice) {
  const bool exporters = ruling.exporter.notice == ruling.notice;
  const Seconds until = agenda_.now() + notice;
  trace_.record(ShipmentNotified{
      agenda_.now(), parcel.order, world_.orders[parcel.order.value].device, parcel.units,
      exporters ? *ruling.exporter.notice_rule : *ruling.importer.notice_rule, until});
  Parcel later = parcel;
  if (!later.notified_since) later.notified_since = agenda_.now();
  agenda_.at(until, Phase::Market, [this, later] { consider(later); });
}

void Marketplace::ship(Parcel parcel, const TwoGateRuling& ruling) {
  const Order& order = world_.orders[parcel.order.value];
  const auto line = supply_.line_of(order.device);
  double sent = parcel.units;
  if (line) {
    const bool others_wait = !waiting_[line->value].empty();
    sent = others_wait ? 0.0 : std::min(parcel.units, supply_.whole_packages(*line));
  }
  if (sent > 0.0) {
    shipping_.send({parcel.order, false, order.device, order.pool, sent, order.price.value,
                    parcel.input, parcel.admitted_share, Seconds{}},
                   ruling);
  }
  parcel.units -= sent;
  if (parcel.units <= 0.0) return;
  if (!parcel.was_short) {
    trace_.record(ShipmentShort{agenda_.now(), parcel.order, order.device, parcel.units});
  }
  parcel.was_short = true;
  waiting_[line->value].push_back(parcel);
}

void Marketplace::refuse(const Parcel& parcel, double units, const TwoGateRuling& ruling) {
  book_.refuse({parcel.order, units, parcel.input, ruling, false}, agenda_.now());
}

}  // namespace chokepoint
