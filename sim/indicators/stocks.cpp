#include "sim/indicators/stocks.hpp"

namespace chokepoint {
namespace {

StockKey key_of(DeviceId device, const ChipStock& stock) {
  return {device, stock.pool, stock.owner, stock.user, stock.use, stock.status, stock.channel};
}

}  // namespace

Stocks initial_stocks(const World& world) {
  Stocks stocks(ByName<StockKey>{&world});
  for (const ChipStock& stock : world.stocks) {
    stocks[key_of(world.pools[stock.pool.value].device, stock)] += stock.units.value;
  }
  return stocks;
}

void add_delivery(const ShipmentDelivered& delivered, Stocks& stocks) {
  stocks[key_of(delivered.device, delivered.stock)] += delivered.units;
}

}  // namespace chokepoint
