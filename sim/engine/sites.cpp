#include "sim/engine/sites.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {

Sites::Sites(const World& world)
    : world_(world),
      states_(world.pools.size()),
      pools_(world.pools.size()),
      meters_(world.sites.size()) {}

void Sites::start(Agenda& agenda) {
  agenda.at(Seconds{}, Phase::Arrival, [this, &agenda] {
    for (const ChipStock& stock : world_.stocks) {
      install(stock.pool, stock.units.value, agenda.now());
    }
  });
}

void Sites::install(PoolId pool, double packages, Seconds now) {
  const SiteId site = site_of(pool);
  read_meter(site, now);
  PoolStock& stock = pools_[pool.value];
  stock.packages += packages;
  const int complete =
      static_cast<int>(std::floor(stock.packages / node_of(pool).devices_per_node));
  if (complete == stock.nodes) return;
  auto& queue = meters_[site.value].nodes;
  const int added = complete - stock.nodes;
  stock.nodes = complete;
  if (!queue.empty() && queue.back().pool == pool) {
    queue.back().nodes += added;
  } else {
    queue.push_back({pool, added});
  }
  give_power(site);
}

void Sites::set_busy(PoolId pool, int nodes, Seconds now) {
  assert(nodes <= states_[pool.value].powered_nodes);
  read_meter(site_of(pool), now);
  states_[pool.value].busy_nodes = nodes;
}

void Sites::set_serving(PoolId pool, ServiceId service, double nodes, double utilization,
                        Seconds now) {
  read_meter(site_of(pool), now);
  auto& serving = pools_[pool.value].serving;
  const auto known = std::find_if(serving.begin(), serving.end(),
                                  [&](const Serving& s) { return s.service == service; });
  if (known == serving.end()) {
    serving.push_back({service, nodes, utilization});
  } else {
    *known = {service, nodes, utilization};
  }
}

double Sites::powered_devices(PoolId pool) const {
  return static_cast<double>(states_[pool.value].powered_nodes) * node_of(pool).devices_per_node;
}

Watts Sites::power(SiteId id) const {
  const Site& site = world_.sites[id.value];
  Watts total;
  for (std::uint32_t i = 0; i < world_.pools.size(); ++i) {
    if (world_.pools[i].site != id) continue;
    const NodeSpec& node = node_of(PoolId{i});
    const auto drawn = [&](double nodes, double utilization) {
      return nodes * node_power(node, site.idle_power_share.value, utilization);
    };
    const double busy = states_[i].busy_nodes;
    double idle = states_[i].powered_nodes - busy;
    total += drawn(busy, 1.0);
    for (const Serving& serving : pools_[i].serving) {
      total += drawn(serving.nodes, serving.utilization);
      idle -= serving.nodes;
    }
    total += drawn(std::max(0.0, idle), 0.0);
  }
  return total * site.pue.value;
}

Joules Sites::energy(SiteId site, Seconds now) const {
  const Meter& meter = meters_[site.value];
  return meter.energy + power(site) * (now - meter.read);
}

const NodeSpec& Sites::node_of(PoolId pool) const {
  return world_.nodes[world_.pools[pool.value].node.value];
}

void Sites::read_meter(SiteId site, Seconds now) {
  Meter& meter = meters_[site.value];
  assert(now >= meter.read);
  meter.energy = energy(site, now);
  meter.read = now;
}

void Sites::give_power(SiteId id) {
  const Site& site = world_.sites[id.value];
  std::vector<int> delivered;
  std::vector<Watts> power;
  for (const Installed& installed : meters_[id.value].nodes) {
    delivered.push_back(installed.nodes);
    power.push_back(node_of(installed.pool).full_power.value * site.pue.value);
  }
  const auto powered = power_in_order(delivered, power, site.power_cap.value);
  for (std::uint32_t i = 0; i < world_.pools.size(); ++i) {
    if (world_.pools[i].site == id) states_[i].powered_nodes = 0;
  }
  for (std::size_t i = 0; i < powered.size(); ++i) {
    states_[meters_[id.value].nodes[i].pool.value].powered_nodes += powered[i];
  }
  if (on_powered_) on_powered_();
}

}  // namespace chokepoint
