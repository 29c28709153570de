#pragma once

#include <functional>
#include <vector>

#include "models/world.hpp"
#include "sim/engine/kernel/agenda.hpp"

namespace chokepoint {

/// What is installed at every site, what of it has power, how busy it is, and what power it draws.
///
/// Packages fill nodes; nodes get power in the order in which they were installed, as far as the
/// site's cap goes. A site draws
///
///   PUE * (busy nodes at full load + serving nodes at their utilization + other powered nodes
///   idle, but for those in repair)
///
/// and its energy is the integral of that, carried on at every change. Times never decrease.
class Sites {
public:
  explicit Sites(const World& world);

  /// Enters the installation of what is in place at the start.
  void start(Agenda& agenda);

  /// Called after nodes of any pool got power.
  void on_powered(std::function<void()> listener) { on_powered_ = std::move(listener); }

  /// Adds packages to a pool; they are taken out again after the months that buyers use them.
  void install(PoolId pool, double packages, Seconds now);

  /// Installs packages that arrive today, after the days that it takes at their site.
  void receive(Agenda& agenda, PoolId pool, double packages);

  /// Takes packages out of a pool, the oldest nodes first. Requires: it has them.
  void retire(PoolId pool, double packages, Seconds now);

  /// Training gangs hold `nodes` of the pool from now on. Requires: they have power, or are held
  /// already: a gang keeps what it has when nodes are retired.
  void set_busy(PoolId pool, NodeCount nodes, Seconds now);

  /// So many nodes of the pool are in repair from now on: nobody holds them, and they draw nothing.
  void set_down(PoolId pool, NodeCount nodes, Seconds now);

  /// So many busy nodes of the pool stand still from now on and draw what idle ones do: their gangs
  /// start, or wait.
  void set_still(PoolId pool, NodeCount nodes, Seconds now);
  NodeCount still(PoolId pool) const { return pools_[pool.value].still; }

  /// Services lend so many nodes of their shares of the pool from now on.
  void set_lent(PoolId pool, NodeCount nodes);

  /// Services lack so many nodes of their shares of the pool from now on.
  void set_lacked(PoolId pool, NodeCount nodes);

  /// `service` works with `nodes` of the pool, which need not be whole, from now on.
  void set_serving(PoolId pool, ServiceId service, double nodes, double utilization, Seconds now);

  /// By pool.
  const std::vector<PoolState>& states() const;
  const Pool& pool(PoolId pool) const { return world_.pools[pool.value]; }
  double installed(PoolId pool) const { return pools_[pool.value].packages; }
  double powered_devices(PoolId pool) const;

  /// Drawn now, PUE included.
  Watts power(SiteId id) const;
  /// Drawn since the start.
  Joules energy(SiteId site, Seconds now) const;

  /// What nodes of a site cost since the start, by what they did.
  struct Bill {
    Usd serving, training, idle;
  };
  /// Depreciation of nodes goes to who holds them, electricity by hours of powered nodes.
  /// Requires: the site states costs.
  Bill bill(SiteId id, Seconds now) const;

private:
  struct Serving {
    ServiceId service;
    double nodes = 0.0;
    double utilization = 0.0;
  };
  struct PoolStock {
    double packages = 0.0;
    NodeCount nodes = 0;  // Complete ones.
    NodeCount still = 0;  // Busy, and stand still.
    std::vector<Serving> serving;
  };
  struct Installed {
    PoolId pool;
    NodeCount nodes = 0;
  };
  /// Nodes that did something since the start.
  struct NodeUse {
    Seconds time;  // Of powered nodes.
    Usd written_off;
  };
  struct Meter {
    std::vector<Installed> nodes;  // In the order of installation.
    Watts rated;                   // Of all of them at full load, PUE included.
    Seconds read;
    Joules energy;
    bool is_changed = false;         // Since nodes were last given power.
    NodeUse serving, training, all;  // Where the site states costs; `all` with what stands idle.
  };

  SiteId site_of(PoolId pool) const { return world_.pools[pool.value].site; }
  const NodeSpec& node_of(PoolId pool) const;
  NodeCount nodes_in(PoolId pool) const;
  /// Of one node at full load, PUE included.
  Watts rated(PoolId pool) const;
  void read_meter(SiteId site, Seconds now);
  /// Books what nodes do for another `time` as they do it now.
  void book(SiteId id, Seconds time, Meter& meter) const;
  /// What has power is to be found anew: much is installed on one date, and few ask in between.
  void on_changed(SiteId site);
  void give_power(SiteId id) const;
  /// Where there is less than all would draw: to the oldest first.
  void ration_power(SiteId id, Watts cap) const;

  const World& world_;
  Agenda* agenda_ = nullptr;  // Set by start().
  mutable std::vector<PoolState> states_;
  std::vector<PoolStock> pools_;
  mutable std::vector<Meter> meters_;      // By site.
  std::vector<std::uint32_t> first_pool_;  // By site, and behind the last.
  std::function<void()> on_powered_;
};

}  // namespace chokepoint
