#include "sim/engine/datacenter/sites.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <utility>

namespace chokepoint {

namespace {

// A rated sum so far below the cap stays below it whatever it lost in rounding.
constexpr double kSurelyBelow = 1.0 - 1e-9;
constexpr Seconds kMonth{365.25 / 12.0 * 86'400.0};

}  // namespace

Sites::Sites(const World& world)
    : world_(world),
      states_(world.pools.size()),
      pools_(world.pools.size()),
      meters_(world.sites.size()),
      first_pool_(world.sites.size() + 1, 0) {
  // Pools of one site stand together, in the order of sites.
  for (const Pool& pool : world.pools) ++first_pool_[pool.site.value + 1];
  std::partial_sum(first_pool_.begin(), first_pool_.end(), first_pool_.begin());
}

void Sites::start(Agenda& agenda) {
  agenda_ = &agenda;
  agenda.at(Seconds{}, Phase::Arrival, [this, &agenda] {
    for (const ChipStock& stock : world_.stocks) {
      install(stock.pool, stock.units.value, agenda.now());
    }
  });
}

void Sites::install(PoolId pool, double packages, Seconds now) {
  const SiteId site = site_of(pool);
  read_meter(site, now);
  const Seconds life = kMonth * world_.choice.retirement_months.value;
  if (agenda_ != nullptr && life > Seconds{}) {
    agenda_->at(now + life, Phase::Arrival,
                [this, pool, packages] { retire(pool, packages, agenda_->now()); });
  }
  PoolStock& stock = pools_[pool.value];
  stock.packages += packages;
  const NodeCount complete = nodes_in(pool);
  if (complete == stock.nodes) return;
  Meter& meter = meters_[site.value];
  const NodeCount added = complete - stock.nodes;
  stock.nodes = complete;
  if (!meter.nodes.empty() && meter.nodes.back().pool == pool) {
    meter.nodes.back().nodes += added;
  } else {
    meter.nodes.push_back({pool, added});
  }
  meter.rated += static_cast<double>(added) * rated(pool);
  on_changed(site);
}

void Sites::receive(Agenda& agenda, PoolId pool, double packages) {
  const Seconds ready = agenda.now() + world_.sites[site_of(pool).value].install.value;
  agenda.at(ready, Phase::Arrival,
            [this, &agenda, pool, packages] { install(pool, packages, agenda.now()); });
}

void Sites::retire(PoolId pool, double packages, Seconds now) {
  const SiteId site = site_of(pool);
  read_meter(site, now);
  PoolStock& stock = pools_[pool.value];
  stock.packages = std::max(0.0, stock.packages - packages);
  const NodeCount complete = nodes_in(pool);
  NodeCount removed = stock.nodes - complete;
  if (removed == 0) return;
  stock.nodes = complete;
  Meter& meter = meters_[site.value];
  meter.rated -= static_cast<double>(removed) * rated(pool);
  for (Installed& installed : meter.nodes) {
    if (removed == 0) break;
    if (installed.pool != pool) continue;
    const NodeCount gone = std::min(removed, installed.nodes);
    installed.nodes -= gone;
    removed -= gone;
  }
  std::erase_if(meter.nodes, [](const Installed& installed) { return installed.nodes == 0; });
  on_changed(site);
}

void Sites::set_busy(PoolId pool, NodeCount nodes, Seconds now) {
  give_power(site_of(pool));
  assert(nodes <= std::max(states_[pool.value].powered_nodes, states_[pool.value].busy_nodes));
  read_meter(site_of(pool), now);
  states_[pool.value].busy_nodes = nodes;
}

void Sites::set_down(PoolId pool, NodeCount nodes, Seconds now) {
  assert(nodes >= 0);
  give_power(site_of(pool));
  read_meter(site_of(pool), now);
  states_[pool.value].down_nodes = nodes;
}

void Sites::set_still(PoolId pool, NodeCount nodes, Seconds now) {
  assert(nodes >= 0 && nodes <= states_[pool.value].busy_nodes);
  read_meter(site_of(pool), now);
  pools_[pool.value].still = nodes;
}

void Sites::set_lent(PoolId pool, NodeCount nodes) {
  assert(nodes >= 0);
  states_[pool.value].lent_nodes = nodes;
}

void Sites::set_lacked(PoolId pool, NodeCount nodes) {
  assert(nodes >= 0);
  states_[pool.value].lacked_nodes = nodes;
}

void Sites::set_serving(PoolId pool, ServiceId service, double nodes, double utilization,
                        Seconds now) {
  read_meter(site_of(pool), now);
  auto& serving = pools_[pool.value].serving;
  const auto known = std::ranges::find(serving, service, &Serving::service);
  if (known == serving.end()) {
    serving.push_back({service, nodes, utilization});
  } else {
    *known = {service, nodes, utilization};
  }
}

const std::vector<PoolState>& Sites::states() const {
  for (std::uint32_t i = 0; i < meters_.size(); ++i) give_power(SiteId{i});
  return states_;
}

double Sites::powered_devices(PoolId pool) const {
  give_power(site_of(pool));
  return static_cast<double>(states_[pool.value].powered_nodes) * node_of(pool).devices_per_node;
}

Watts Sites::power(SiteId id) const {
  give_power(id);
  const Site& site = world_.sites[id.value];
  Watts total;
  for (std::uint32_t i = first_pool_[id.value]; i < first_pool_[id.value + 1]; ++i) {
    if (pools_[i].nodes == 0) continue;
    const NodeSpec& node = node_of(PoolId{i});
    const auto drawn = [&](double nodes, double utilization) {
      return nodes * node_power(node, site.idle_power_share.value, utilization);
    };
    const auto busy = static_cast<double>(states_[i].busy_nodes);
    const auto still = static_cast<double>(pools_[i].still);
    const auto down = static_cast<double>(states_[i].down_nodes);
    double idle = static_cast<double>(states_[i].powered_nodes) - busy - down;
    total += drawn(busy - still, 1.0);
    if (still > 0.0) total += drawn(still, 0.0);
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

void Sites::book(SiteId id, Seconds time, Meter& meter) const {
  const auto& costs = world_.sites[id.value].costs;
  if (!costs) return;
  for (std::uint32_t i = first_pool_[id.value]; i < first_pool_[id.value + 1]; ++i) {
    const Pool& pool = world_.pools[i];
    const Usd package = world_.devices[pool.device.value].price.value() + costs->host.value;
    const auto per_node = static_cast<double>(node_of(PoolId{i}).devices_per_node);
    const auto add = [&](double powered, double written_off, NodeUse& use) {
      use.time += powered * time;
      use.written_off += written_off * per_node * package * (time / costs->life.value);
    };
    const auto busy = static_cast<double>(states_[i].busy_nodes);
    const auto powered = static_cast<double>(states_[i].powered_nodes);
    add(busy, busy, meter.training);
    add(powered, static_cast<double>(pools_[i].nodes), meter.all);
    for (const Serving& serving : pools_[i].serving) {
      add(serving.nodes, serving.nodes, meter.serving);
    }
  }
}

Sites::Bill Sites::bill(SiteId id, Seconds now) const {
  Meter meter = meters_[id.value];
  give_power(id);
  book(id, now - meter.read, meter);
  const double per_kwh = world_.sites[id.value].costs->electricity_usd_per_kwh.value;
  const Usd electricity{energy(id, now).value / kJoulesPerKwh * per_kwh};
  const auto of = [&](const NodeUse& use) {
    return use.written_off +
           (meter.all.time > Seconds{} ? use.time / meter.all.time : 0.0) * electricity;
  };
  Bill bill{of(meter.serving), of(meter.training), {}};
  const Usd all = meter.all.written_off + electricity;
  const Usd rest = all - bill.serving - bill.training;
  constexpr double kRounding = 1e-12;
  bill.idle = rest > kRounding * all ? rest : Usd{};
  return bill;
}

const NodeSpec& Sites::node_of(PoolId pool) const {
  return world_.nodes[world_.pools[pool.value].node.value];
}

NodeCount Sites::nodes_in(PoolId pool) const {
  return complete_nodes(pools_[pool.value].packages, node_of(pool).devices_per_node);
}

Watts Sites::rated(PoolId pool) const {
  return node_of(pool).full_power.value * world_.sites[site_of(pool).value].pue.value;
}

void Sites::read_meter(SiteId site, Seconds now) {
  Meter& meter = meters_[site.value];
  assert(now >= meter.read);
  if (now == meter.read) return;
  meter.energy = energy(site, now);
  book(site, now - meter.read, meter);
  meter.read = now;
}

void Sites::on_changed(SiteId site) {
  meters_[site.value].is_changed = true;
  if (on_powered_) on_powered_();
}

void Sites::give_power(SiteId id) const {
  if (!std::exchange(meters_[id.value].is_changed, false)) return;
  const Watts cap = world_.sites[id.value].power_cap.value;
  const bool is_enough = meters_[id.value].rated <= cap * kSurelyBelow;
  for (std::uint32_t i = first_pool_[id.value]; i < first_pool_[id.value + 1]; ++i) {
    states_[i].powered_nodes = is_enough ? pools_[i].nodes : 0;
  }
  if (!is_enough) ration_power(id, cap);
}

void Sites::ration_power(SiteId id, Watts cap) const {
  std::vector<NodeCount> delivered;
  std::vector<Watts> power;
  for (const Installed& installed : meters_[id.value].nodes) {
    delivered.push_back(installed.nodes);
    power.push_back(rated(installed.pool));
  }
  const auto powered = power_in_order(delivered, power, cap);
  for (std::size_t i = 0; i < powered.size(); ++i) {
    states_[meters_[id.value].nodes[i].pool.value].powered_nodes += powered[i];
  }
}

}  // namespace chokepoint
