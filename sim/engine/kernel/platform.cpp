#include "sim/engine/kernel/platform.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <simgrid/s4u/Comm.hpp>
#include <simgrid/s4u/Engine.hpp>
#include <simgrid/s4u/Exec.hpp>
#include <simgrid/s4u/Host.hpp>
#include <simgrid/s4u/Link.hpp>
#include <simgrid/s4u/NetZone.hpp>
#include <stdexcept>
#include <string>

#include "models/training/run/placed_run.hpp"

namespace chokepoint {

namespace sg4 = simgrid::s4u;

namespace {

// Operations per second of every core. Work is given as a duration, so only the quotient counts; a
// power of two makes it exact.
constexpr double kCoreSpeed = 1'099'511'627'776.0;

// Wider than any line between sites.
constexpr double kSiteLineBytesPerSecond = 1e15;

/// A host and its own line to the middle of the star.
sg4::Host* add_host(sg4::NetZone* zone, const std::string& name, int cores,
                    double line = kSiteLineBytesPerSecond) {
  sg4::Host* host = zone->create_host(name, kCoreSpeed);
  host->set_core_count(cores);
  host->seal();
  const auto* link = zone->create_split_duplex_link(name + "/line", line);
  zone->add_route(host->get_netpoint(), nullptr, nullptr, nullptr,
                  {{link, sg4::LinkInRoute::Direction::UP}}, true);
  return host;
}

PlaceId place_of(SiteId site) {
  return PlaceId{site.value};
}

std::vector<sg4::SplitDuplexLink*> add_lines(sg4::NetZone* root, const World& world) {
  std::vector<sg4::SplitDuplexLink*> lines;
  for (const LinkSpec& link : world.links) {
    auto* line = root->create_split_duplex_link("link" + std::to_string(lines.size()),
                                                link.bandwidth.value.value);
    line->set_latency(link.latency.value.value);
    line->seal();
    lines.push_back(line);
  }
  return lines;
}

/// The lines of `route` as one travels them from `from`.
std::vector<sg4::LinkInRoute> travelled(const Route& route, PlaceId from, const World& world,
                                        const std::vector<sg4::SplitDuplexLink*>& lines) {
  std::vector<sg4::LinkInRoute> result;
  PlaceId at = from;
  for (const LinkId id : route) {
    const LinkSpec& link = world.links[id.value];
    const bool forward = link.a == at;
    at = forward ? link.b : link.a;
    result.emplace_back(lines[id.value], forward ? sg4::LinkInRoute::Direction::UP
                                                 : sg4::LinkInRoute::Direction::DOWN);
  }
  return result;
}

}  // namespace

std::size_t most_gangs(const World& world, PoolId pool) {
  const auto may_go_there = [&](const TrainingJob& job) {
    return std::ranges::find(job.pools, pool) != job.pools.end();
  };
  const auto& jobs = world.training_jobs;
  return static_cast<std::size_t>(std::ranges::count_if(jobs, may_go_there));
}

Platform::Platform(const World& world)
    : root_(sg4::create_full_zone("world")),
      hosts_(world.pools.size()),
      site_of_(world.pools.size()),
      joined_(world.sites.size(), std::vector<bool>(world.sites.size(), false)) {
  for (std::uint32_t i = 0; i < world.sites.size(); ++i) build_site(SiteId{i}, world);
  build_routes(world);
  check_routes(world);
  root_->seal();
}

void Platform::build_site(SiteId site, const World& world) {
  const std::string name = "site" + std::to_string(site.value);
  sg4::NetZone* zone = sg4::create_star_zone(name);
  zone->set_parent(root_);
  auto* gateway = zone->create_router(name + "/gateway");
  zone->add_route(gateway, nullptr, nullptr, nullptr, {}, true);
  gateways_.push_back(gateway);
  zones_.push_back(zone);
  fronts_.push_back(add_host(zone, name + "/front", 1));
  build_storage(site, world, zone);
  for (std::uint32_t i = 0; i < world.pools.size(); ++i) {
    if (world.pools[i].site == site) build_pool(PoolId{i}, world, zone);
  }
  zone->seal();
}

void Platform::build_storage(SiteId site, const World& world, sg4::NetZone* zone) {
  const std::string name = "site" + std::to_string(site.value);
  const auto& storage = world.sites[site.value].storage;
  storages_.push_back(nullptr);
  if (!storage || !world.interrupted_jobs) return;
  storages_.back() = add_host(zone, name + "/storage", 1, storage->value.value);
  for (std::uint32_t i = 0; i < world.training_jobs.size(); ++i) {
    const TrainingJob& job = world.training_jobs[i];
    for (const PoolId pool : job.pools) {
      if (world.pools[pool.value].site != site || !may_stop(world, job, pool)) continue;
      const std::string gate =
          name + "/gate" + std::to_string(i) + "/" + std::to_string(pool.value);
      gates_[{JobId{i}, pool}] = add_host(zone, gate, 1, storage_rate(world, job, pool).value);
    }
  }
}

void Platform::build_pool(PoolId pool, const World& world, sg4::NetZone* zone) {
  const std::string name = "pool" + std::to_string(pool.value);
  auto& hosts = hosts_[pool.value];
  site_of_[pool.value] = world.pools[pool.value].site;
  // A gang has nodes of its own: in one host each has a core, and never slows another.
  const std::size_t gangs = std::max<std::size_t>(1, most_gangs(world, pool));
  if (world.pools[pool.value].host_scale == Pool::HostScale::OnePerPool) {
    hosts.push_back(add_host(zone, name, static_cast<int>(gangs)));
    return;
  }
  hosts.reserve(gangs);
  for (std::size_t i = 0; i < gangs; ++i) {
    hosts.push_back(add_host(zone, name + "/node" + std::to_string(i), 1));
  }
}

void Platform::build_routes(const World& world) {
  const auto lines = add_lines(root_, world);
  const Topology topology(world.sites.size() + world.exchanges.size(), world.links);
  for (std::uint32_t from = 0; from < zones_.size(); ++from) {
    for (std::uint32_t to = 0; to < zones_.size(); ++to) {
      if (from == to) continue;
      const auto route = topology.route(place_of(SiteId{from}), place_of(SiteId{to}));
      if (!route) continue;
      joined_[from][to] = true;
      root_->add_route(zones_[from]->get_netpoint(), zones_[to]->get_netpoint(), gateways_[from],
                       gateways_[to], travelled(*route, place_of(SiteId{from}), world, lines),
                       false);
    }
  }
}

void Platform::check_routes(const World& world) const {
  for (const TrainingJob& job : world.training_jobs) {
    if (!job.checkpoint_copy) continue;
    for (const PoolId pool : job.pools) {
      const SiteId from = world.pools[pool.value].site;
      if (from == *job.checkpoint_copy || joined_[from.value][job.checkpoint_copy->value]) continue;
      throw std::runtime_error("training job '" + job.name +
                               "': no route for its checkpoints from '" +
                               world.sites[from.value].name + "' to '" +
                               world.sites[job.checkpoint_copy->value].name + "'");
    }
  }
}

sg4::Host* Platform::host_of(PoolId pool, int host) const {
  const auto& hosts = hosts_[pool.value];
  const auto index = std::min(static_cast<std::size_t>(host), hosts.size() - 1);
  return hosts[index];
}

sg4::ExecPtr Platform::work(PoolId pool, int host, Seconds duration) const {
  sg4::ExecPtr exec = sg4::Exec::init();
  exec->set_flops_amount(duration.value * kCoreSpeed)->set_host(host_of(pool, host));
  return exec;
}

sg4::CommPtr Platform::flow(SiteId from, SiteId to, Bytes size) const {
  assert(joined_[from.value][to.value]);
  sg4::CommPtr comm = sg4::Comm::sendto_init(front_of(from), front_of(to));
  comm->set_payload_size(static_cast<std::uint64_t>(std::llround(size.value)));
  return comm;
}

sg4::CommPtr Platform::storage_flow(JobId job, PoolId pool, StorageUse use, Bytes size) const {
  sg4::Host* gate = gates_.at({job, pool});
  sg4::Host* storage = storages_[site_of_[pool.value].value];
  const bool writes = use == StorageUse::Write;
  sg4::CommPtr comm = sg4::Comm::sendto_init(writes ? gate : storage, writes ? storage : gate);
  comm->set_payload_size(static_cast<std::uint64_t>(std::llround(size.value)));
  return comm;
}

}  // namespace chokepoint
