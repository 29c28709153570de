#include "sim/network/lane_platform.hpp"

#include <cassert>
#include <cmath>
#include <simgrid/kernel/routing/NetPoint.hpp>
#include <simgrid/kernel/routing/NetZoneImpl.hpp>
#include <simgrid/s4u/Comm.hpp>
#include <simgrid/s4u/Host.hpp>
#include <simgrid/s4u/Link.hpp>
#include <simgrid/s4u/NetZone.hpp>

namespace chokepoint {

namespace sg4 = simgrid::s4u;
namespace routing = simgrid::kernel::routing;

namespace {

constexpr double kNoComputing = 1.0;  // SimGrid wants a speed of each host.

/// A zone whose routes are those of a graph. SimGrid owns it.
class LaneZone : public routing::NetZoneImpl {
public:
  explicit LaneZone(const NetworkGraph& graph) : NetZoneImpl("graph"), graph_(graph) {}

  sg4::Host* add_device(std::uint32_t device, double rate) {
    sg4::Host* host = get_iface()->create_host("device" + std::to_string(device), rate);
    host->seal();
    // Hosts are numbered in the order in which they are made.
    assert(host->get_netpoint()->id() == devices_.size());
    devices_.push_back(device);
    return host;
  }

  void add_lane(Lane lane) {
    sg4::Link*& link = links_[lane];
    if (link != nullptr) return;
    const double bandwidth = graph_.link(lane).bandwidth.value;
    link = get_iface()->create_link("lane" + std::to_string(lane), bandwidth)->seal();
  }

  void get_local_route(const routing::NetPoint* from, const routing::NetPoint* to,
                       routing::Route* into, double* /*latency*/) override {
    std::vector<sg4::LinkInRoute> lanes;
    const auto route = graph_.route(devices_[from->id()], devices_[to->id()]);
    for (const Lane lane : *route) lanes.emplace_back(links_.at(lane));
    into->link_list_ = get_link_list_impl(lanes, false);
  }

private:
  const NetworkGraph& graph_;
  std::vector<std::uint32_t> devices_;          // By host.
  std::unordered_map<Lane, sg4::Link*> links_;  // Looked up alone.
};

}  // namespace

LanePlatform::LanePlatform(const NetworkGraph& graph, const std::vector<double>& rates) {
  assert(rates.size() == graph.devices());
  auto* zone = new LaneZone(graph);  // SimGrid deletes its root.
  for (std::uint32_t i = 0; i < graph.devices(); ++i) {
    hosts_.emplace(i, zone->add_device(i, rates[i] > 0.0 ? rates[i] : kNoComputing));
  }
  for (Lane lane = 0; lane < graph.lanes(); ++lane) zone->add_lane(lane);
  zone->get_iface()->seal();
}

LanePlatform::LanePlatform(const NetworkGraph& graph,
                           const std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs) {
  auto* zone = new LaneZone(graph);
  for (const auto& [from, to] : pairs) {
    for (const std::uint32_t device : {from, to}) {
      sg4::Host*& host = hosts_[device];
      if (host == nullptr) host = zone->add_device(device, kNoComputing);
    }
    const auto route = graph.route(from, to);
    assert(route);
    for (const Lane lane : *route) zone->add_lane(lane);
  }
  zone->get_iface()->seal();
}

sg4::CommPtr LanePlatform::flow(std::uint32_t from, std::uint32_t to, Bytes bytes) const {
  sg4::CommPtr comm = sg4::Comm::sendto_init(hosts_.at(from), hosts_.at(to));
  comm->set_payload_size(static_cast<std::uint64_t>(std::llround(bytes.value)));
  return comm;
}

}  // namespace chokepoint
