#include "sim/engine/trade/substitution.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace chokepoint {

Substitution::Substitution(const World& world, Agenda& agenda, const Regulator& regulator,
                           const Quotas& quotas, const Supply& supply, const Marketplace& market,
                           OrderBook& book, Shipping& shipping)
    : world_(world),
      agenda_(agenda),
      regulator_(regulator),
      quotas_(quotas),
      supply_(supply),
      market_(market),
      book_(book),
      shipping_(shipping) {}

void Substitution::start() {
  if (world_.market.refused_budget != RefusedBudget::SpentOnDomestic) return;
  for (const Seconds date : month_starts(world_)) {
    agenda_.at(date, Phase::Substitution, [this] { on_month(); });
  }
}

void Substitution::on_month() {
  Usd refused;
  for (std::uint32_t i = 0; i < world_.orders.size(); ++i) refused += book_.of(OrderId{i}).unspent;
  if (refused <= Usd{}) return;
  std::vector<double> free;  // By supply line, before anybody buys.
  for (std::uint32_t i = 0; i < world_.supplies.size(); ++i)
    free.push_back(unpromised(SupplyId{i}));
  for (std::uint32_t i = 0; i < world_.orders.size(); ++i) {
    const double share = book_.of(OrderId{i}).unspent / refused;
    if (share > 0.0) spend(OrderId{i}, share, free);
  }
}

void Substitution::spend(OrderId order, double share, const std::vector<double>& free) {
  Usd& budget = book_.of(order).unspent;
  const OrgId buyer = world_.orders[order.value].buyer;
  std::vector<DomesticOffer> offers;
  for (const PoolId pool : world_.market.domestic_pools) {
    if (const auto found = offer(pool, buyer, share, free)) offers.push_back(*found);
  }
  for (const Purchase& bought : spend_on_domestic(budget, offers)) {
    const Goods goods = goods_for(bought.pool, buyer);
    const Usd price = *world_.devices[goods.device.value].price;
    const double units = std::min(bought.units, quotas_.available(goods));
    if (units <= 0.0) continue;
    budget -= units < bought.units ? units * price : bought.cost;
    const TwoGateRuling ruling = regulator_.judge(goods, ShipmentState::Offered);
    Consignment consignment;
    consignment.order = order;
    consignment.substitute = true;
    consignment.goods = goods;
    consignment.units = units;
    consignment.price = price;
    consignment.admitted_share = ruling.admitted_share;
    consignment.delay = ruling.wait;
    shipping_.send(consignment, ruling);
  }
}

Goods Substitution::goods_for(PoolId pool, OrgId buyer) const {
  const DeviceId device = world_.pools[pool.value].device;
  return {device, pool, buyer, world_.device_items[device.value].item.vendor_headquarters};
}

std::optional<DomesticOffer> Substitution::offer(PoolId pool, OrgId buyer, double share,
                                                 const std::vector<double>& free) const {
  const DeviceId device = world_.pools[pool.value].device;
  const auto line = supply_.line_of(device);
  const auto price = world_.devices[device.value].price;
  if (!line || !price) return std::nullopt;
  const TwoGateRuling ruling = regulator_.judge(goods_for(pool, buyer), ShipmentState::Offered);
  const double available =
      admitted_units(std::floor(free[line->value] * share), ruling.admitted_share);
  if (available < 1.0) return std::nullopt;
  return DomesticOffer{pool, *line, *price, available};
}

double Substitution::unpromised(SupplyId line) const {
  const SupplyLine& schedule = world_.supplies[line.value];
  const Date today = world_.calendar().date_at(agenda_.now());
  std::map<Date, double> promised;
  for (std::uint32_t i = 0; i < world_.orders.size(); ++i) {
    if (world_.orders[i].device != schedule.device) continue;
    for (const auto& [date, units] : market_.promised(OrderId{i})) promised[date] += units;
  }
  const double now = supply_.stock(line) - market_.waiting(line);
  double least = now;
  double due_so_far = 0.0;
  for (const auto& [date, units] : promised) {
    due_so_far += units;
    least = std::min(least, now + produced(schedule, today, date) - due_so_far);
  }
  return std::max(0.0, std::floor(least));
}

}  // namespace chokepoint
