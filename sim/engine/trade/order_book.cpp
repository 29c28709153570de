#include "sim/engine/trade/order_book.hpp"

#include <algorithm>

namespace chokepoint {

OrderBook::OrderBook(const World& world, TraceSink& trace)
    : world_(world), trace_(trace), accounts_(world.orders.size()) {}

void OrderBook::refuse(const HeldBack& held, Seconds now) {
  const ShipmentRefused fact = refusal(world_, now, held);
  of(held.order).refused += fact.units;
  of(held.order).unspent += fact.value;
  of(held.order).refused_by = fact.exporter_rule ? fact.exporter_rule : fact.importer_rule;
  trace_.record(fact);
}

void OrderBook::close(Seconds now) const {
  for (std::uint32_t i = 0; i < accounts_.size(); ++i) {
    const OrderAccount& account = accounts_[i];
    const double settled = account.delivered + account.refused;
    trace_.record(OrderClosed{now, OrderId{i}, world_.orders[i].device, account.ordered,
                              account.delivered, account.refused,
                              std::max(0.0, account.ordered - settled)});
  }
}

}  // namespace chokepoint
