#include "sim/serving/fabric_platform.hpp"

#include <cmath>
#include <map>
#include <simgrid/s4u/Comm.hpp>
#include <simgrid/s4u/Engine.hpp>
#include <simgrid/s4u/Exec.hpp>
#include <simgrid/s4u/Host.hpp>
#include <simgrid/s4u/Link.hpp>
#include <simgrid/s4u/NetZone.hpp>
#include <string>

namespace chokepoint {

namespace sg4 = simgrid::s4u;

namespace {

// Of hosts that change no cache, as SimGrid wants a speed of each.
constexpr double kNoConversion = 1.0;

struct FabricZone {
  sg4::NetZone* zone = nullptr;
  simgrid::kernel::routing::NetPoint* gateway = nullptr;
};

FabricZone add_fabric(sg4::NetZone* root, std::uint32_t number) {
  const std::string name = "fabric" + std::to_string(number);
  FabricZone made{sg4::create_star_zone(name), nullptr};
  made.zone->set_parent(root);
  made.gateway = made.zone->create_router(name + "/middle");
  made.zone->add_route(made.gateway, nullptr, nullptr, nullptr, {}, true);
  return made;
}

void join(sg4::NetZone* root, const std::map<std::uint32_t, FabricZone>& fabrics,
          BytesPerSecond bandwidth) {
  for (const auto& [a, one] : fabrics) {
    for (const auto& [b, other] : fabrics) {
      if (b <= a) continue;
      const std::string name = "boundary" + std::to_string(a) + "-" + std::to_string(b);
      const auto* line = root->create_split_duplex_link(name, bandwidth.value);
      root->add_route(one.zone->get_netpoint(), other.zone->get_netpoint(), one.gateway,
                      other.gateway, {{line, sg4::LinkInRoute::Direction::UP}}, true);
    }
  }
}

}  // namespace

FabricPlatform::FabricPlatform(const FleetSpec& spec, const TransferFabric& fabric) {
  for (const PoolSpec& pool : spec.pools) {
    firsts_.push_back(static_cast<std::uint32_t>(pools_.size()));
    pools_.resize(pools_.size() + static_cast<std::size_t>(most_replicas(pool)),
                  firsts_.size() - 1);
  }
  hosts_.resize(pools_.size());
  sg4::NetZone* root = sg4::create_full_zone("fleet");
  std::map<std::uint32_t, FabricZone> fabrics;
  for (std::size_t i = 0; i < spec.pools.size(); ++i) {
    if (spec.pools[i].role == PoolRole::Whole) continue;
    const std::uint32_t number = fabric.pools[i].fabric;
    if (fabrics.count(number) == 0) fabrics.emplace(number, add_fabric(root, number));
    build_pool(i, fabrics.at(number).zone, fabric.pools[i]);
  }
  for (const auto& [number, each] : fabrics) each.zone->seal();
  join(root, fabrics, fabric.boundary);
  root->seal();
}

void FabricPlatform::build_pool(std::size_t pool, sg4::NetZone* zone, const PoolLinks& links) {
  const std::string name = "pool" + std::to_string(pool);
  const double speed = links.conversion > BytesPerSecond{} ? links.conversion.value : kNoConversion;
  const sg4::SplitDuplexLink* cards = nullptr;
  std::int64_t number = 0;
  for (std::size_t i = firsts_[pool]; i < pools_.size() && pools_[i] == pool; ++i, ++number) {
    if (number % links.replicas_per_host == 0) {
      const std::string host = name + "/host" + std::to_string(number / links.replicas_per_host);
      cards = zone->create_split_duplex_link(host, links.bandwidth.value);
    }
    hosts_[i] = zone->create_host(name + "/replica" + std::to_string(number), speed);
    hosts_[i]->seal();
    zone->add_route(hosts_[i]->get_netpoint(), nullptr, nullptr, nullptr,
                    {{cards, sg4::LinkInRoute::Direction::UP}}, true);
  }
}

sg4::CommPtr FabricPlatform::flow(std::uint32_t from, std::uint32_t to, Bytes size) const {
  sg4::CommPtr comm = sg4::Comm::sendto_init(hosts_[from], hosts_[to]);
  comm->set_payload_size(static_cast<std::uint64_t>(std::llround(size.value)));
  return comm;
}

sg4::ExecPtr FabricPlatform::conversion(std::uint32_t replica, Bytes moved) const {
  sg4::ExecPtr exec = sg4::Exec::init();
  exec->set_flops_amount(moved.value)->set_host(hosts_[replica]);
  return exec;
}

}  // namespace chokepoint
