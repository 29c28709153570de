#include "models/network/group_traffic.hpp"

#include <catch2/catch.hpp>

#include "tests/models/network/small_networks.hpp"

namespace chokepoint {
namespace {

BytesPerSecond attained(const ClusterNetworkSpec& spec, const std::vector<std::uint32_t>& devices,
                        TrafficShape shape) {
  const ClusterNetwork network(spec);
  return group_traffic(network, group_of(network, devices), shape).fabric.bandwidth;
}

TEST_CASE("group traffic: a switch gives each its links, a mesh those to who takes part",
          "[network]") {
  ClusterNetworkSpec spec = kNetworkKinds[1].spec(8);
  for (const std::uint32_t ranks : {2U, 5U, 8U}) {
    CHECK(attained(spec, some_devices(ranks), TrafficShape::InnerPairs).value == Approx(400e9));
  }
  spec.groups[0].shape = ScaleupShape::FullMesh;
  for (const std::uint32_t ranks : {2U, 5U, 8U}) {
    CHECK(attained(spec, some_devices(ranks), TrafficShape::InnerPairs).value ==
          Approx(400e9 * (ranks - 1) / 7));
    CHECK(attained(spec, some_devices(ranks), TrafficShape::InnerScatter).value ==
          Approx(400e9 * (ranks - 1) / 7));
  }
}

TEST_CASE("group traffic: across servers a card binds where a tree is wide", "[network]") {
  for (const auto shape : {TrafficShape::Ring, TrafficShape::OuterPairs, TrafficShape::DownTree}) {
    for (const std::size_t kind : {1U, 2U}) {
      CHECK(attained(kNetworkKinds[kind].spec(256), some_devices(256), shape).value ==
            Approx(50e9));
    }
  }
}

// 16 devices of 4 servers behind a leaf with a quarter of their bandwidth up; of what a device
// sends to 31 others at its place, 28 go there.
TEST_CASE("group traffic: a narrow tree binds all to all, not a ring", "[network]") {
  const ClusterNetworkSpec narrow = kNetworkKinds[3].spec(256);
  CHECK(attained(narrow, some_devices(256), TrafficShape::Ring).value == Approx(50e9));
  CHECK(attained(narrow, some_devices(256), TrafficShape::OuterPairs).value ==
        Approx(50e9 / 4 * 31 / 28));
}

// Eight rings with an edge each way over the line.
TEST_CASE("group traffic: rings over two sites share the line", "[network]") {
  CHECK(attained(two_sites(64), some_devices(64), TrafficShape::Ring).value == Approx(100e9 / 8));
}

TEST_CASE("group traffic: a strided group has one device in each domain", "[network]") {
  const ClusterNetwork network(kNetworkKinds[1].spec(64));
  const DeviceGroup group = group_of(network, some_devices(8, 3, 8));
  CHECK(group.inner == 1);
  CHECK(group.domains() == 8);
  CHECK(group_traffic(network, group, TrafficShape::Ring).traffic.size() == 8);
}

TEST_CASE("group traffic: the hop of a ring is the mean one, else the longest", "[network]") {
  const ClusterNetwork network(two_sites(64));
  const DeviceGroup group = group_of(network, some_devices(8, 0, 8));
  const Seconds ring = group_traffic(network, group, TrafficShape::Ring).fabric.hop;
  const Seconds pairs = group_traffic(network, group, TrafficShape::OuterPairs).fabric.hop;
  CHECK(ring.value == Approx((2 * (1e-3 + 1e-5 + 4e-6) + 6 * 1e-5) / 8));
  CHECK(pairs.value == Approx(1e-3 + 1e-5 + 4e-6));
}

TEST_CASE("group traffic: what makes no group is told", "[network]") {
  const ClusterNetwork network(kNetworkKinds[1].spec(64));
  CHECK(group_complaint(network, some_devices(64)).empty());
  CHECK(group_complaint(network, {0, 1, 1}) == "device 1 is named twice");
  CHECK(group_complaint(network, {64}) == "device 64 is not among the 64 there");
  CHECK(group_complaint(network, some_devices(12)) ==
        "one scale-up domain has 8 of the devices, another 4");
}

TEST_CASE("group traffic: a wider link never slows it", "[network]") {
  CHECK(rc::check([] {
    const auto kind = *rc::gen::inRange<std::size_t>(0, std::size(kNetworkKinds));
    ClusterNetworkSpec spec = kNetworkKinds[kind].spec(64);
    const auto devices = some_devices(64);
    const auto shape = *rc::gen::element(TrafficShape::Ring, TrafficShape::DoubleTree,
                                         TrafficShape::OuterPairs, TrafficShape::InnerPairs);
    RC_PRE(kind != 0 || shape == TrafficShape::InnerPairs);
    const BytesPerSecond before = attained(spec, devices, shape);
    (*rc::gen::arbitrary<bool>() ? spec.groups[0].scaleup : spec.groups[0].scaleout) =
        400_GBps * any::between(1.0, 3.0);
    RC_ASSERT(attained(spec, devices, shape).value >= before.value * (1 - 1e-12));
  }));
}

}  // namespace
}  // namespace chokepoint
