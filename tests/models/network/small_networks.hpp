#pragma once

#include <rapidcheck.h>

#include <numeric>
#include <string>
#include <vector>

#include "models/network/group_collectives.hpp"

namespace chokepoint {

/// Servers of eight with 400 GB/s inside and a card of 50 GB/s each.
inline ServerGroup small_servers(std::uint32_t devices, std::uint32_t site = 0) {
  return {devices, 8, 8, ScaleupShape::Switched, 400_GBps, 50_GBps, site};
}

inline ScaleoutDesign small_design(ScaleoutShape shape, std::uint32_t leaf_ports,
                                   double oversubscription = 1.0) {
  return {shape, leaf_ports, oversubscription, Seconds{3e-6}, Seconds{1e-5}, Seconds{1e-6}, {}};
}

/// A kind of network that may be made for any number of devices.
struct NetworkKind {
  std::string name;
  ClusterNetworkSpec (*spec)(std::uint32_t devices);
};

/// A supernode, switched servers on rails, meshed servers on a fat tree, and switched servers on
/// a fat tree with a quarter of the bandwidth to its spines.
inline const NetworkKind kNetworkKinds[] = {
    {"supernode",
     [](std::uint32_t devices) {
       ServerGroup servers = small_servers(devices);
       servers.domain = 512;
       return ClusterNetworkSpec{{servers}, small_design(ScaleoutShape::FatTree, 64), {}};
     }},
    {"rails",
     [](std::uint32_t devices) {
       return ClusterNetworkSpec{
           {small_servers(devices)}, small_design(ScaleoutShape::RailOptimised, 8), {}};
     }},
    {"meshes on a tree",
     [](std::uint32_t devices) {
       ServerGroup servers = small_servers(devices);
       servers.shape = ScaleupShape::FullMesh;
       return ClusterNetworkSpec{{servers}, small_design(ScaleoutShape::FatTree, 64), {}};
     }},
    {"narrow tree",
     [](std::uint32_t devices) {
       return ClusterNetworkSpec{
           {small_servers(devices)}, small_design(ScaleoutShape::FatTree, 32, 4.0), {}};
     }},
};

/// Two sites with a line of 100 GB/s between them, half of the devices at each.
inline ClusterNetworkSpec two_sites(std::uint32_t devices) {
  return {{small_servers(devices / 2, 0), small_servers(devices / 2, 1)},
          small_design(ScaleoutShape::RailOptimised, 8),
          {{0, 1, 100_GBps, Seconds{1e-3}}}};
}

/// Devices first, first + stride, ...
inline std::vector<std::uint32_t> some_devices(std::uint32_t count, std::uint32_t first = 0,
                                               std::uint32_t stride = 1) {
  std::vector<std::uint32_t> made(count);
  for (std::uint32_t i = 0; i < count; ++i) made[i] = first + i * stride;
  return made;
}

}  // namespace chokepoint

namespace chokepoint::any {

inline double between(double low, double high) {
  return low + (high - low) * *rc::gen::inRange(0, 1001) / 1000.0;
}

/// Up to six devices and six switches, joined at random, each device to something.
inline NetworkGraph small_graph() {
  const auto devices = *rc::gen::inRange(2U, 7U), switches = *rc::gen::inRange(1U, 7U);
  std::vector<NetworkLink> links;
  const auto join = [&](std::uint32_t a, std::uint32_t b) {
    const BytesPerSecond bandwidth{double(*rc::gen::inRange(1, 20))};
    if (a != b) links.push_back({a, b, bandwidth, Seconds{double(*rc::gen::inRange(1, 4))}, {}});
  };
  for (std::uint32_t device = 0; device < devices; ++device) {
    for (int i = *rc::gen::inRange(1, 3); i > 0; --i) {
      join(device, devices + *rc::gen::inRange(0U, switches));
    }
    if (*rc::gen::inRange(0, 3) == 0) join(device, *rc::gen::inRange(0U, devices));
  }
  for (int i = *rc::gen::inRange(0, 10); i > 0; --i) {
    join(devices + *rc::gen::inRange(0U, switches), devices + *rc::gen::inRange(0U, switches));
  }
  return NetworkGraph(devices, switches, links,
                      *rc::gen::element(Spread::ByDestination, Spread::Hashed));
}

}  // namespace chokepoint::any
