#include "sim/engine/trade/order_diversion.hpp"

#include <cmath>
#include <numeric>

#include "models/world.hpp"
#include "sim/engine/trade/supply.hpp"

namespace chokepoint {

OrderDiversion::OrderDiversion(const World& world, Agenda& agenda, TraceSink& trace,
                               OrderBook& book, Sites& sites)
    : EngineComponent(world, agenda, trace), book_(book), sites_(sites) {}

void OrderDiversion::start() {
  if (!world_.market.diversion.enabled) return;
  at_months(Phase::Diversion, [this] { on_month(); });
}

void OrderDiversion::on_month() {
  std::vector<double> unmet;
  for (std::uint32_t i = 0; i < world_.orders.size(); ++i) {
    unmet.push_back(std::floor(book_.of(OrderId{i}).unspent / street_price(OrderId{i}) + 1e-6));
  }
  const double wanted = std::accumulate(unmet.begin(), unmet.end(), 0.0);
  const Diversion& diversion = world_.market.diversion;
  for (const DivertedFlow& flow : diverted(diversion, wanted, diversion.premium.value, today())) {
    for (const DivertedLot& lot : lots_of(flow, unmet)) buy(lot, flow.arrival);
  }
}

Usd OrderDiversion::street_price(OrderId order) const {
  return world_.orders[order.value].price.value * (1.0 + world_.market.diversion.premium.value);
}

// Whole packages up to and with each order, so that no rounding loses any.
std::vector<OrderDiversion::DivertedLot> OrderDiversion::lots_of(const DivertedFlow& flow,
                                                                 std::vector<double>& unmet) const {
  const double wanted = std::accumulate(unmet.begin(), unmet.end(), 0.0);
  std::vector<DivertedLot> lots;
  double wanted_so_far = 0.0, units_so_far = 0.0, seized_so_far = 0.0;
  for (std::uint32_t i = 0; i < unmet.size(); ++i) {
    wanted_so_far += unmet[i];
    const double up_to_here = std::floor(flow.diverted * wanted_so_far / wanted + 1e-6);
    const double seized_up_to_here = std::floor(flow.seized * up_to_here / flow.diverted + 1e-6);
    const DivertedLot lot{OrderId{i}, up_to_here - units_so_far, seized_up_to_here - seized_so_far};
    units_so_far = up_to_here;
    seized_so_far = seized_up_to_here;
    if (lot.units > 0.0) lots.push_back(lot);
  }
  for (const DivertedLot& lot : lots) unmet[lot.order.value] -= lot.units;
  return lots;
}

void OrderDiversion::buy(const DivertedLot& lot, Date arrival) {
  const Order& order = world_.orders[lot.order.value];
  book_.of(lot.order).unspent -= lot.units * street_price(lot.order);
  trace_.record(ShipmentSent{agenda_.now(), lot.order, true, order.device, order.pool, lot.units,
                             std::nullopt});
  agenda_.at(world_.calendar().at(arrival), Phase::Arrival, [this, lot] { arrive(lot); });
}

void OrderDiversion::arrive(const DivertedLot& lot) {
  const Order& order = world_.orders[lot.order.value];
  if (lot.seized > 0.0) {
    trace_.record(ShipmentSeized{agenda_.now(), lot.order, order.device, lot.seized,
                                 *book_.of(lot.order).refused_by});
  }
  const double units = lot.units - lot.seized;
  if (units <= 0.0) return;
  ChipStock stock;
  stock.pool = order.pool;
  stock.owner = order.buyer;
  stock.user = order.user;
  stock.status = LegalStatus::Diverted;
  trace_.record(
      ShipmentDelivered{agenda_.now(), lot.order, true, order.device, units, stock, Usd{}, Usd{}});
  sites_.receive(agenda_, order.pool, units);
}

}  // namespace chokepoint
