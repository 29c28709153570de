#include "sim/engine/trade/shipping.hpp"

namespace chokepoint {

namespace {

/// How the packages of `consignment` will be held.
ChipStock stock_of(const World& world, const Consignment& consignment, bool licensed) {
  const Order& order = world.orders[consignment.order.value];
  ChipStock stock;
  stock.pool = consignment.goods.pool;
  stock.owner = order.buyer;
  stock.user = order.user;
  stock.status = licensed ? LegalStatus::Licensed : LegalStatus::Legal;
  if (!world.is_one_family(order.user, order.buyer)) {
    stock.status = LegalStatus::Rented;
  }
  const OrgId vendor = world.devices[consignment.goods.device.value].vendor;
  const bool captive = world.is_one_family(order.buyer, vendor);
  stock.channel = captive ? Channel::Captive : Channel::Merchant;
  return stock;
}

}  // namespace

Shipping::Shipping(const World& world, Agenda& agenda, TraceSink& trace, const Regulator& regulator,
                   Quotas& quotas, Supply& supply, OrderBook& book, Sites& sites)
    : EngineComponent(world, agenda, trace),
      regulator_(regulator),
      quotas_(quotas),
      supply_(supply),
      book_(book),
      sites_(sites) {}

void Shipping::send(Consignment consignment, const TwoGateRuling& ruling) {
  if (const auto line = supply_.line_of(consignment.goods.device))
    supply_.take(*line, consignment.units);
  quotas_.draw(consignment.order, consignment.goods, consignment.units);
  const auto exception =
      ruling.exporter.exception ? ruling.exporter.exception : ruling.importer.exception;
  trace_.record(ShipmentSent{agenda_.now(), consignment.order, consignment.substitute,
                             consignment.goods.device, consignment.goods.pool, consignment.units,
                             exception});
  const Seconds transit = world_.orders[consignment.order.value].transit;
  consignment.charges = regulator_.terms(consignment.goods).charges;
  consignment.licensed = consignment.licensed || exception.has_value();
  agenda_.at(agenda_.now() + consignment.delay + transit, Phase::Arrival,
             [this, consignment] { arrive(consignment); });
}

void Shipping::arrive(const Consignment& consignment) {
  const TwoGateRuling ruling = regulator_.judge(consignment.goods, ShipmentState::InFlight);
  const double admitted =
      still_admitted(consignment.units, consignment.admitted_share, ruling.admitted_share);
  if (admitted < consignment.units) turn_back(consignment, consignment.units - admitted, ruling);
  if (admitted <= 0.0) return;

  const bool licensed =
      consignment.licensed || ruling.exporter.exception || ruling.importer.exception;
  const Usd revenue = admitted * consignment.price;
  Usd fees;
  for (const Charge& charge : consignment.charges) fees += revenue * charge.share;
  trace_.record(ShipmentDelivered{agenda_.now(), consignment.order, consignment.substitute,
                                  consignment.goods.device, admitted,
                                  stock_of(world_, consignment, licensed), revenue, fees});
  pay_fees(consignment, revenue);
  if (!consignment.substitute) book_.of(consignment.order).delivered += admitted;
  sites_.receive(agenda_, consignment.goods.pool, admitted);
}

void Shipping::pay_fees(const Consignment& consignment, Usd revenue) {
  for (const Charge& charge : consignment.charges) {
    trace_.record(FeePaid{agenda_.now(), consignment.order, charge.government, charge.rule,
                          charge.exception, charge.kind, revenue * charge.share});
  }
}

void Shipping::turn_back(const Consignment& consignment, double units,
                         const TwoGateRuling& ruling) {
  if (const auto line = supply_.line_of(consignment.goods.device)) supply_.put_back(*line, units);
  if (consignment.substitute) {
    // Accounts and refusals are those of the order itself; of a substitute only the money returns.
    book_.of(consignment.order).unspent += units * consignment.price;
    return;
  }
  book_.refuse({consignment.order, units, consignment.price, *consignment.input, ruling, true},
               agenda_.now());
}

}  // namespace chokepoint
