#include "sim/engine/trade/write_off.hpp"
#include "models/world.hpp"

namespace chokepoint {

WriteOff::WriteOff(const World& world, Agenda& agenda, TraceSink& trace, const Regulator& regulator,
                   const Supply& supply, const Marketplace& market)
    : EngineComponent(world, agenda, trace),
      regulator_(regulator),
      supply_(supply),
      market_(market),
      written_off_(world.supplies.size(), 0.0) {}

void WriteOff::start() {
  if (!world_.market.write_off) return;
  at_months(Phase::WriteOff, [this] { update(); });
}

void WriteOff::update() {
  if (!world_.market.write_off) return;
  for (std::uint32_t i = 0; i < written_off_.size(); ++i) {
    const Outlook found = outlook(SupplyId{i});
    if (!found.has_orders) continue;
    if (found.may_move) {
      restore(SupplyId{i}, found);
    } else {
      write_off(SupplyId{i}, found);
    }
  }
}

WriteOff::Outlook WriteOff::outlook(SupplyId line) const {
  Outlook found;
  for (std::uint32_t i = 0; i < world_.orders.size(); ++i) {
    const Order& order = world_.orders[i];
    if (order.device != world_.supplies[line.value].device) continue;
    if (market_.promised(OrderId{i}).empty() && market_.waiting(OrderId{i}) <= 0.0) continue;
    const TwoGateRuling ruling = regulator_.judge(goods_of(order), ShipmentState::Offered);
    const Ruling& side = ruling.exporter.admitted_share > 0.0 ? ruling.importer : ruling.exporter;
    if (ruling.admitted_share > 0.0) {
      found.may_move = true;
    } else if (!found.has_orders || found.may_move) {
      found.held_by = *side.limiting_rule;
    }
    if (!found.has_orders) {
      found.price = world_.devices[order.device.value].price.value_or(order.price.value);
    }
    found.has_orders = true;
  }
  return found;
}

void WriteOff::write_off(SupplyId line, const Outlook& outlook) {
  const double units = supply_.whole_packages(line) - written_off_[line.value];
  if (units <= 0.0) return;
  written_off_[line.value] += units;
  trace_.record(StockWrittenOff{agenda_.now(), line, world_.supplies[line.value].device, units,
                                units * outlook.price, outlook.held_by});
}

void WriteOff::restore(SupplyId line, const Outlook& outlook) {
  const double units = written_off_[line.value];
  if (units <= 0.0) return;
  written_off_[line.value] = 0.0;
  trace_.record(StockRestored{agenda_.now(), line, world_.supplies[line.value].device, units,
                              units * outlook.price});
}

}  // namespace chokepoint
