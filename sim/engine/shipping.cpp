#include "sim/engine/shipping.hpp"

namespace chokepoint {

namespace {

/// How the packages of `cargo` will be held.
ChipStock stock_of(const World& world, const Cargo& cargo, bool licensed) {
  const Order& order = world.orders[cargo.order.value];
  ChipStock stock;
  stock.pool = cargo.goods.pool;
  stock.owner = order.buyer;
  stock.user = order.user;
  stock.status = licensed ? LegalStatus::Licensed : LegalStatus::Legal;
  if (!world.is_one_family(order.user, order.buyer)) {
    stock.status = LegalStatus::Rented;
  }
  const OrgId vendor = world.devices[cargo.goods.device.value].vendor;
  const bool captive = world.is_one_family(order.buyer, vendor);
  stock.channel = captive ? Channel::Captive : Channel::Merchant;
  return stock;
}

}  // namespace

Shipping::Shipping(const World& world, Agenda& agenda, TraceSink& trace, const Regulator& regulator,
                   Quotas& quotas, Supply& supply, OrderBook& book, Sites& sites)
    : world_(world),
      agenda_(agenda),
      trace_(trace),
      regulator_(regulator),
      quotas_(quotas),
      supply_(supply),
      book_(book),
      sites_(sites) {}

void Shipping::send(Cargo cargo, const TwoGateRuling& ruling) {
  if (const auto line = supply_.line_of(cargo.goods.device)) supply_.take(*line, cargo.units);
  quotas_.draw(cargo.order, cargo.goods, cargo.units);
  const auto exception =
      ruling.exporter.exception ? ruling.exporter.exception : ruling.importer.exception;
  trace_.record(ShipmentSent{agenda_.now(), cargo.order, cargo.substitute, cargo.goods.device,
                             cargo.goods.pool, cargo.units, exception});
  const Seconds transit = world_.orders[cargo.order.value].transit;
  cargo.charges = regulator_.terms(cargo.goods).charges;
  cargo.licensed = cargo.licensed || exception.has_value();
  agenda_.at(agenda_.now() + cargo.delay + transit, Phase::Arrival,
             [this, cargo] { arrive(cargo); });
}

void Shipping::arrive(const Cargo& cargo) {
  const TwoGateRuling ruling = regulator_.judge(cargo.goods, Stage::InFlight);
  const double admitted = still_admitted(cargo.units, cargo.admitted_share, ruling.admitted_share);
  if (admitted < cargo.units) turn_back(cargo, cargo.units - admitted, ruling);
  if (admitted <= 0.0) return;

  const bool licensed = cargo.licensed || ruling.exporter.exception || ruling.importer.exception;
  const Usd revenue = admitted * cargo.price;
  Usd fees;
  for (const Charge& charge : cargo.charges) fees += revenue * charge.share;
  trace_.record(ShipmentDelivered{agenda_.now(), cargo.order, cargo.substitute, cargo.goods.device,
                                  admitted, stock_of(world_, cargo, licensed), revenue, fees});
  pay_fees(cargo, revenue);
  if (!cargo.substitute) book_.of(cargo.order).delivered += admitted;
  sites_.receive(agenda_, cargo.goods.pool, admitted);
}

void Shipping::pay_fees(const Cargo& cargo, Usd revenue) {
  for (const Charge& charge : cargo.charges) {
    trace_.record(FeePaid{agenda_.now(), cargo.order, charge.government, charge.rule,
                          charge.exception, charge.kind, revenue * charge.share});
  }
}

void Shipping::turn_back(const Cargo& cargo, double units, const TwoGateRuling& ruling) {
  if (const auto line = supply_.line_of(cargo.goods.device)) supply_.put_back(*line, units);
  if (cargo.substitute) {
    // Accounts and refusals are those of the order itself; of a substitute only the money returns.
    book_.of(cargo.order).unspent += units * cargo.price;
    return;
  }
  book_.refuse({cargo.order, units, cargo.price, *cargo.input, ruling, true}, agenda_.now());
}

}  // namespace chokepoint
