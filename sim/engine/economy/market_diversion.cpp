#include "sim/engine/economy/market_diversion.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace chokepoint {

namespace {

/// Of a new month in what is smoothed: half of it is of the last three months.
constexpr double kFreshMonth = 0.3;

}  // namespace

MarketDiversion::MarketDiversion(const World& world, Agenda& agenda, TraceSink& trace,
                                 Supply& supply, Sites& sites, OrderBook& book)
    : EngineComponent(world, agenda, trace),
      supply_(supply),
      sites_(sites),
      book_(book),
      sales_abroad_(world.offers.size(), 0.0),
      refused_(world.offers.size(), 0.0),
      arrived_(world.offers.size(), 0.0),
      premium_(world.offers.size(), 0.0) {}

double MarketDiversion::there(std::uint32_t offer, SiteId site, double in_stock) const {
  const GreyRoute* route = route_to(site);
  if (route == nullptr) return 0.0;
  const double all = std::accumulate(sales_abroad_.begin(), sales_abroad_.end(), 0.0);
  const double sales = sales_abroad_[offer];
  if (all <= 0.0 || sales <= 0.0) return 0.0;
  // Gains draw chips out of lawful trade: the share is stated where they are as much as is paid.
  const double arrives = 1.0 - route->seizure_probability.value;
  const double gain = std::max(0.0, (1.0 + premium_[offer]) * arrives - 1.0);
  const double drawn = value_on(route->share_of_sales, today()) * gain * sales;
  const double room = value_on(route->units_per_month, today()) * sales / all;
  return std::floor(std::min({drawn, room, in_stock}));
}

void MarketDiversion::close_month(const Month& month) {
  const double response = world_.choice.premium_response.value;
  const double ceiling = world_.choice.premium_ceiling.value;
  const auto smooth = [](double& value, double fresh) { value += kFreshMonth * (fresh - value); };
  for (std::uint32_t i = 0; i < sales_abroad_.size(); ++i) {
    smooth(sales_abroad_[i], month.sold_abroad[i]);
    smooth(refused_[i], month.refused[i]);
    smooth(arrived_[i], month.diverted[i]);
    const double there = std::max(1.0, arrived_[i]);
    premium_[i] = std::min(ceiling, response * std::log1p(refused_[i] / there));
  }
}

void MarketDiversion::sell(const Sale& sale) {
  const OrderId id = sale.blanket.order;
  const Order& order = world_.orders[id.value];
  const GreyRoute& route = *route_to(world_.buyers[sale.blanket.buyer.value].site);
  supply_.take(world_.offer_lines[sale.blanket.offer], sale.units);
  trace_.record(
      ShipmentSent{agenda_.now(), id, true, order.device, order.pool, sale.units, std::nullopt});
  const double seized = std::round(sale.units * route.seizure_probability.value);
  agenda_.at(agenda_.now() + route.delay.value, Phase::Arrival,
             [this, sale, seized] { arrive(sale, seized); });
}

void MarketDiversion::arrive(const Sale& sale, double seized) {
  const OrderId id = sale.blanket.order;
  const Order& order = world_.orders[id.value];
  const double delivered = sale.units - seized;
  book_.of(id).unspent += seized * sale.price;
  ChipStock stock;
  stock.pool = order.pool;
  stock.owner = order.buyer;
  stock.user = order.user;
  stock.status = LegalStatus::Diverted;
  trace_.record(ShipmentDelivered{agenda_.now(), id, true, order.device, delivered, stock,
                                  sale.units * sale.list, Usd{}});
  if (delivered > 0.0) sites_.receive(agenda_, order.pool, delivered);
}

const GreyRoute* MarketDiversion::route_to(SiteId site) const {
  const Country country = world_.sites[site.value].country;
  const auto found = std::ranges::find(world_.grey_routes, country, &GreyRoute::destination);
  return found == world_.grey_routes.end() ? nullptr : &*found;
}

}  // namespace chokepoint
