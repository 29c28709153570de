#include "sim/engine/economy/market_diversion.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace chokepoint {

namespace {

/// Of a new month in what is smoothed: half of it is of the last three months.
constexpr double kFreshSales = 0.3;

}  // namespace

MarketDiversion::MarketDiversion(const World& world, Agenda& agenda, TraceSink& trace,
                                 Supply& supply, Sites& sites)
    : EngineComponent(world, agenda, trace),
      supply_(supply),
      sites_(sites),
      sales_abroad_(world.offers.size(), 0.0),
      premium_(world.offers.size(), 0.0) {}

double MarketDiversion::there(std::uint32_t offer, SiteId site, double in_stock) const {
  const GreyRoute* route = route_to(site);
  if (route == nullptr) return 0.0;
  const double all = std::accumulate(sales_abroad_.begin(), sales_abroad_.end(), 0.0);
  const double sales = sales_abroad_[offer];
  if (all <= 0.0 || sales <= 0.0) return 0.0;
  // Premiums draw chips out of lawful trade: the share is stated at a premium of 1.
  const double drawn = value_on(route->share_of_sales, today()) * premium_[offer] * sales;
  const double room = value_on(route->units_per_month, today()) * sales / all;
  return std::floor(std::min({drawn, room, in_stock}));
}

void MarketDiversion::close_month(const std::vector<double>& sold_abroad,
                                  const std::vector<double>& refused) {
  const double response = world_.choice.premium_response.value;
  const double ceiling = world_.choice.premium_ceiling.value;
  for (std::uint32_t i = 0; i < sales_abroad_.size(); ++i) {
    sales_abroad_[i] += kFreshSales * (sold_abroad[i] - sales_abroad_[i]);
    const double there = std::max(1.0, sales_abroad_[i]);
    premium_[i] = std::min(ceiling, response * std::log1p(refused[i] / there));
  }
}

void MarketDiversion::sell(const BlanketOrder& blanket, double units, Usd list_price) {
  const Order& order = world_.orders[blanket.order.value];
  const GreyRoute& route = *route_to(world_.buyers[blanket.buyer.value].site);
  supply_.take(world_.offer_lines[blanket.offer], units);
  trace_.record(ShipmentSent{agenda_.now(), blanket.order, true, order.device, order.pool, units,
                             std::nullopt});
  const double seized = std::round(units * route.seizure_probability.value);
  agenda_.at(
      agenda_.now() + route.delay.value, Phase::Arrival,
      [this, blanket, units, seized, list_price] { arrive(blanket, units, seized, list_price); });
}

void MarketDiversion::arrive(const BlanketOrder& blanket, double units, double seized,
                             Usd list_price) {
  const Order& order = world_.orders[blanket.order.value];
  const double delivered = units - seized;
  ChipStock stock;
  stock.pool = order.pool;
  stock.owner = order.buyer;
  stock.user = order.user;
  stock.status = LegalStatus::Diverted;
  trace_.record(ShipmentDelivered{agenda_.now(), blanket.order, true, order.device, delivered,
                                  stock, units * list_price, Usd{}});
  if (delivered > 0.0) sites_.receive(agenda_, order.pool, delivered);
}

const GreyRoute* MarketDiversion::route_to(SiteId site) const {
  const Country country = world_.sites[site.value].country;
  const auto found = std::ranges::find(world_.grey_routes, country, &GreyRoute::destination);
  return found == world_.grey_routes.end() ? nullptr : &*found;
}

}  // namespace chokepoint
