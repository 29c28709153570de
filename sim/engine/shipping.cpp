#include "sim/engine/shipping.hpp"

namespace chokepoint {

namespace {

/// The org that owns all of it, itself or through others.
OrgId ultimate_parent(const World& world, OrgId org) {
  while (world.orgs[org.value].parent) org = *world.orgs[org.value].parent;
  return org;
}

/// How the packages of `cargo` will be held.
ChipStock stock_of(const World& world, const Cargo& cargo, bool licensed) {
  const Order& order = world.orders[cargo.order.value];
  ChipStock stock;
  stock.pool = cargo.pool;
  stock.owner = order.buyer;
  stock.user = order.user;
  stock.status = licensed ? LegalStatus::Licensed : LegalStatus::Legal;
  const OrgId vendor = world.devices[cargo.device.value].vendor;
  const bool captive = ultimate_parent(world, order.buyer) == ultimate_parent(world, vendor);
  stock.channel = captive ? Channel::Captive : Channel::Merchant;
  return stock;
}

}  // namespace

Shipping::Shipping(const World& world, Agenda& agenda, TraceSink& trace, const Regulator& regulator,
                   Supply& supply, OrderBook& book, Sites& sites)
    : world_(world),
      agenda_(agenda),
      trace_(trace),
      regulator_(regulator),
      supply_(supply),
      book_(book),
      sites_(sites) {}

void Shipping::send(Cargo cargo, const TwoGateRuling& ruling) {
  if (const auto line = supply_.line_of(cargo.device)) supply_.take(*line, cargo.units);
  const auto license = ruling.exporter.license ? ruling.exporter.license : ruling.importer.license;
  trace_.record(ShipmentSent{agenda_.now(), cargo.order, cargo.substitute, cargo.device, cargo.pool,
                             cargo.units, license});
  const Seconds transit = world_.orders[cargo.order.value].transit;
  cargo.revenue_share = ruling.revenue_share;
  cargo.licensed = license.has_value();
  agenda_.at(agenda_.now() + cargo.delay + transit, Phase::Arrival,
             [this, cargo] { arrive(cargo); });
}

void Shipping::arrive(const Cargo& cargo) {
  const OrgId buyer = world_.orders[cargo.order.value].buyer;
  const TwoGateRuling ruling = regulator_.judge_import(cargo.device, cargo.pool, buyer);
  const double admitted = still_admitted(cargo.units, cargo.admitted_share, ruling.admitted_share);
  if (admitted < cargo.units) turn_back(cargo, cargo.units - admitted, ruling);
  if (admitted <= 0.0) return;

  const ChipStock stock = stock_of(world_, cargo, cargo.licensed || ruling.importer.license);
  const Usd revenue = admitted * cargo.price;
  trace_.record(ShipmentDelivered{agenda_.now(), cargo.order, cargo.substitute, cargo.device,
                                  admitted, stock, revenue, revenue * cargo.revenue_share});
  if (!cargo.substitute) book_.of(cargo.order).delivered += admitted;
  const Site& site = world_.sites[world_.pools[cargo.pool.value].site.value];
  agenda_.at(
      agenda_.now() + site.install.value, Phase::Arrival,
      [this, pool = cargo.pool, admitted] { sites_.install(pool, admitted, agenda_.now()); });
}

void Shipping::turn_back(const Cargo& cargo, double units, const TwoGateRuling& ruling) {
  if (const auto line = supply_.line_of(cargo.device)) supply_.put_back(*line, units);
  if (cargo.substitute) {
    // Accounts and refusals are those of the order itself; of a substitute only the money returns.
    book_.of(cargo.order).unspent += units * cargo.price;
    return;
  }
  book_.refuse({cargo.order, units, *cargo.input, ruling, true}, agenda_.now());
}

}  // namespace chokepoint
