// Closed forms beside SimGrid's flows on idle networks: within 2 %. A sample; with
// CHOKEPOINT_ALL_FLOWS 8 to 512 devices, four networks, six collectives and messages from 64 KiB to
// 16 GiB.

#include <catch2/catch.hpp>
#include <cstdlib>

#include "tests/models/network/small_networks.hpp"
#include "tests/sim/network/played.hpp"

namespace chokepoint {
namespace {

bool is_whole() {
  return std::getenv("CHOKEPOINT_ALL_FLOWS") != nullptr;
}

void compare(const ClusterNetwork& network, std::uint32_t devices, CollectiveKind kind,
             double bytes) {
  const DeviceGroup group = group_of(network, some_devices(devices));
  GroupCollectives collectives(network, group);
  const CollectivePlan plan = collectives.plan(kind, Bytes{bytes});
  const double played = end_of(network.graph(), {{flows_of(plan), false}});
  INFO(name_of(kind) << " of " << bytes << " bytes over " << devices
                     << " devices: " << plan.time.value << " s, as flows " << played << " s");
  CHECK(played == Approx(plan.time.value).epsilon(0.02));
}

void compare_all(const NetworkKind& kind, std::uint32_t devices) {
  const ClusterNetwork network(kind.spec(devices));
  for (const CollectiveKind collective : kCollectiveKinds) {
    for (double bytes = 65536; bytes <= 16 * kBytesPerGib; bytes *= is_whole() ? 8 : 512) {
      compare(network, devices, collective, bytes);
    }
  }
}

void compare_sizes(const NetworkKind& kind) {
  for (std::uint32_t devices = 8; devices <= 512; devices *= is_whole() ? 2 : 8) {
    compare_all(kind, devices);
  }
}

TEST_CASE("flows beside forms: within 2 % in a supernode", "[network][flows]") {
  compare_sizes(kNetworkKinds[0]);
}

TEST_CASE("flows beside forms: within 2 % on rails", "[network][flows]") {
  compare_sizes(kNetworkKinds[1]);
}

TEST_CASE("flows beside forms: within 2 % between meshes on a tree", "[network][flows]") {
  compare_sizes(kNetworkKinds[2]);
}

TEST_CASE("flows beside forms: within 2 % on a narrow tree", "[network][flows]") {
  compare_sizes(kNetworkKinds[3]);
}

TEST_CASE("flows beside forms: over two sites as well, and for devices of several domains",
          "[network][flows]") {
  compare_all({"two sites", two_sites}, 64);
  const ClusterNetwork network(kNetworkKinds[3].spec(256));
  for (const CollectiveKind kind : kCollectiveKinds) {
    const DeviceGroup group = group_of(network, some_devices(64, 1, 4));
    GroupCollectives collectives(network, group);
    const CollectivePlan plan = collectives.plan(kind, 1_GB);
    CHECK(end_of(network.graph(), {{flows_of(plan), false}}) ==
          Approx(plan.time.value).epsilon(0.02));
  }
}

// Every message a flow of its own, in lockstep.
TEST_CASE("flows beside forms: a ring message by message takes as long as its form",
          "[network][flows]") {
  for (const std::size_t number : {1U, 2U, 3U}) {
    INFO(kNetworkKinds[number].name);
    for (std::uint32_t servers = 2; servers <= (is_whole() ? 512U : 16U); servers *= 2) {
      const ClusterNetwork network(kNetworkKinds[number].spec(8 * servers));
      const DeviceGroup group = group_of(network, some_devices(servers, 0, 8));
      const GroupTraffic ring = group_traffic(network, group, TrafficShape::Ring);
      for (const double bytes : {1e6, 1e9}) {
        const double played = end_of(
            network.graph(), {{ring_steps(group.devices, Bytes{bytes}, ring.fabric.hop), false}});
        const Seconds form = ring_all_reduce(ring.fabric, {double(servers), Bytes{bytes}});
        CHECK(played == Approx(form.value).epsilon(0.02));
      }
    }
  }
}

}  // namespace
}  // namespace chokepoint
