#pragma once

#include <simgrid/forward.h>
#include <map>
#include <utility>
#include <vector>

#include "models/world.hpp"

namespace chokepoint {

/// What a flow does with the storage of a site.
enum class StorageUse { Write, Read };

/// The world's sites, pools, nodes and lines as SimGrid's hosts and links; the only place where a
/// quantity becomes a double of SimGrid's.
///
/// A site is a star of hosts around its gateway: one front, which sends and receives for the site,
/// its storage and a gate to it for each gang that saves there, where the world says how fast it
/// is, and per pool one host, or one per gang that may compute there, as the pool's scale says: of
/// a gang's nodes one carries its work, and of nodes without a gang there is nothing to simulate.
/// Gateways are joined by the lines of the world along the routes that models/network chooses.
/// Lines inside a site never bind: what they cost is part of what a software stack attains.
class Platform {
public:
  /// Builds and seals the platform. Throws std::runtime_error when a job of `world` has no route to
  /// the site of its checkpoint copies. Requires: SimGrid is configured and has no platform.
  explicit Platform(const World& world);

  /// Host number `host` of a pool; its only one where one host stands for the pool.
  simgrid::s4u::Host* host_of(PoolId pool, int host) const;

  /// The host that sends and receives for a site.
  simgrid::s4u::Host* front_of(SiteId site) const { return fronts_[site.value]; }

  /// Work that keeps one core of that host busy for `duration`; not started.
  simgrid::s4u::ExecPtr work(PoolId pool, int host, Seconds duration) const;

  /// A flow from one site to another; not started. Requires: a route between them.
  simgrid::s4u::CommPtr flow(SiteId from, SiteId to, Bytes size) const;

  /// A flow between a gang of `job` in `pool` and the storage of their site; not started. It shares
  /// the line of the storage with others of its direction, and goes no faster than the gang's own
  /// nodes. Requires: the site has storage, and something may stop the job there.
  simgrid::s4u::CommPtr storage_flow(JobId job, PoolId pool, StorageUse use, Bytes size) const;

private:
  void build_site(SiteId site, const World& world);
  void build_storage(SiteId site, const World& world, simgrid::s4u::NetZone* zone);
  void build_pool(PoolId pool, const World& world, simgrid::s4u::NetZone* zone);
  void build_routes(const World& world);
  void check_routes(const World& world) const;

  simgrid::s4u::NetZone* root_ = nullptr;
  std::vector<simgrid::s4u::NetZone*> zones_;                  // By site.
  std::vector<simgrid::kernel::routing::NetPoint*> gateways_;  // By site.
  std::vector<simgrid::s4u::Host*> fronts_;                    // By site.
  std::vector<simgrid::s4u::Host*> storages_;                  // By site; null: none.
  /// Whose line is as wide as the gang's nodes write together: SimGrid 3.32 takes no rate for flows
  /// between hosts.
  std::map<std::pair<JobId, PoolId>, simgrid::s4u::Host*> gates_;
  std::vector<std::vector<simgrid::s4u::Host*>> hosts_;  // By pool.
  std::vector<SiteId> site_of_;                          // By pool.
  std::vector<std::vector<bool>> joined_;                // [from][to], by site.
};

/// Training gangs that may compute in `pool` at the same time: one for every job that names it.
std::size_t most_gangs(const World& world, PoolId pool);

}  // namespace chokepoint
