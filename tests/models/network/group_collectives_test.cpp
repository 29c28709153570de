#include "models/network/group_collectives.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/models/network/small_networks.hpp"

namespace chokepoint {
namespace {

Seconds time_of(const ClusterNetworkSpec& spec, const std::vector<std::uint32_t>& devices,
                CollectiveKind kind, Bytes bytes) {
  const ClusterNetwork network(spec);
  const DeviceGroup group = group_of(network, devices);
  return GroupCollectives(network, group).plan(kind, bytes).time;
}

constexpr Fabric kInside{400_GBps, Seconds{3e-6}, Seconds{6e-6}};
constexpr Fabric kLeaf{50_GBps, Seconds{1e-5}, Seconds{2e-5}};

TEST_CASE("group collectives: in one switched domain they are the forms of one fabric",
          "[network][collectives]") {
  for (const double bytes : {0.0, 1e3, 1e6, 1e9}) {
    const Exchange exchange{8, Bytes{bytes}};
    const auto time = [&](CollectiveKind kind) {
      return time_of(kNetworkKinds[0].spec(8), some_devices(8), kind, Bytes{bytes}).value;
    };
    CHECK(time(CollectiveKind::AllReduce) == Approx(direct_all_reduce(kInside, exchange).value));
    CHECK(time(CollectiveKind::ReduceScatter) == Approx(reduce_scatter(kInside, exchange).value));
    CHECK(time(CollectiveKind::AllGather) == Approx(all_gather(kInside, exchange).value));
    CHECK(time(CollectiveKind::AllToAll) == Approx(all_to_all(kInside, exchange).value));
    CHECK(time(CollectiveKind::Broadcast) == Approx(broadcast(kInside, exchange).value));
    CHECK(time(CollectiveKind::PointToPoint) ==
          Approx(point_to_point(kInside, exchange.bytes).value));
  }
}

// All servers behind one leaf of each rail: every pair is a hop apart and owns its card.
TEST_CASE("group collectives: on one leaf of rails they are the forms of a hierarchy",
          "[network][collectives]") {
  const Hierarchy both{kInside, kLeaf, 8};
  const ClusterNetworkSpec rails = kNetworkKinds[1].spec(64);
  for (const double bytes : {1e3, 1e6, 1e9}) {
    const Exchange exchange{64, Bytes{bytes}};
    const auto time = [&](CollectiveKind kind) {
      return time_of(rails, some_devices(64), kind, Bytes{bytes}).value;
    };
    CHECK(time(CollectiveKind::AllReduce) <=
          all_reduce(both, exchange).value * (1 + 1e-9));  // The double tree may do better.
    CHECK(time(CollectiveKind::AllReduce) >= all_reduce(both, exchange).value * 0.8);
    CHECK(time(CollectiveKind::ReduceScatter) == Approx(all_gather(both, exchange).value));
    CHECK(time(CollectiveKind::AllGather) == Approx(all_gather(both, exchange).value));
    CHECK(time(CollectiveKind::AllToAll) ==
          Approx(all_to_all(both, exchange, exchange.bytes).value));
  }
}

TEST_CASE("group collectives: a strided group has no part inside domains",
          "[network][collectives]") {
  const ClusterNetwork network(kNetworkKinds[1].spec(64));
  const DeviceGroup group = group_of(network, some_devices(8, 0, 8));
  GroupCollectives collectives(network, group);
  const CollectivePlan plan = collectives.plan(CollectiveKind::AllReduce, 1_GB);
  REQUIRE(plan.stages.size() == 1);
  CHECK(plan.time.value == Approx(two_shot_all_reduce(kLeaf, {8, 1_GB}).value));
}

TEST_CASE("group collectives: laws of any network", "[network][collectives]") {
  CHECK(rc::check([] {
    const auto number = *rc::gen::inRange<std::size_t>(0, std::size(kNetworkKinds));
    ClusterNetworkSpec spec = kNetworkKinds[number].spec(128);
    const auto devices = some_devices(*rc::gen::element(2U, 8U, 16U, 64U, 128U));
    const auto kind = *rc::gen::elementOf(
        std::vector<CollectiveKind>(std::begin(kCollectiveKinds), std::end(kCollectiveKinds)));
    const Bytes bytes{std::pow(10.0, any::between(2, 10))};
    const Seconds time = time_of(spec, devices, kind, bytes);
    const auto n = static_cast<double>(devices.size());

    // More bytes are never sooner, and volume over link rate is a bound.
    RC_ASSERT(time_of(spec, devices, kind, bytes * 1.5) >= time);
    const BytesPerSecond links = spec.groups[0].scaleup + spec.groups[0].scaleout;
    RC_ASSERT(bus_bandwidth(kind, {n, bytes}, time) <= links * (1 + 1e-9));

    // A faster link never slows it, nor does a shorter hop.
    ClusterNetworkSpec faster = spec;
    const double by = any::between(1.0, 4.0);
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        faster.groups[0].scaleup = faster.groups[0].scaleup * by;
        break;
      case 1:
        faster.groups[0].scaleout = faster.groups[0].scaleout * by;
        break;
      case 2:
        faster.scaleout.card_hop = faster.scaleout.card_hop / by;
        break;
      default:
        faster.scaleout.scaleup_hop = faster.scaleout.scaleup_hop / by;
    }
    RC_ASSERT(time_of(faster, devices, kind, bytes) <= time * (1 + 1e-9));
  }));
}

TEST_CASE("group collectives: stages add up, and flows alone carry what is sent",
          "[network][collectives]") {
  for (const NetworkKind& network_kind : kNetworkKinds) {
    const ClusterNetwork network(network_kind.spec(64));
    const DeviceGroup group = group_of(network, some_devices(64));
    GroupCollectives collectives(network, group);
    for (const CollectiveKind kind : kCollectiveKinds) {
      const CollectivePlan plan = collectives.plan(kind, 1_GB);
      Seconds sum;
      for (const CollectiveStage& stage : plan.stages) {
        const Seconds moving = stage.sent / stage.traffic->fabric.bandwidth;
        CHECK(stage.time.value == Approx((stage.wait + moving).value));
        sum += stage.time;
      }
      CHECK(sum.value == Approx(plan.time.value));
    }
  }
}

TEST_CASE("group collectives: names are read back", "[network][collectives]") {
  for (const CollectiveKind kind : kCollectiveKinds) CHECK(collective_named(name_of(kind)) == kind);
  CHECK_FALSE(collective_named("allreduce"));
}

TEST_CASE("group collectives: bus bandwidth of an ideal ring is that of its links",
          "[network][collectives]") {
  const Fabric ideal{50_GBps, {}, {}};
  const Exchange exchange{64, 1_GB};
  const auto bus = [&](CollectiveKind kind, Seconds time) {
    return bus_bandwidth(kind, exchange, time).value;
  };
  CHECK(bus(CollectiveKind::AllReduce, ring_all_reduce(ideal, exchange)) == Approx(50e9));
  CHECK(bus(CollectiveKind::AllGather, all_gather(ideal, exchange)) == Approx(50e9));
  CHECK(bus(CollectiveKind::AllToAll, all_to_all(ideal, exchange)) == Approx(50e9));
  CHECK(bus(CollectiveKind::Broadcast, broadcast(ideal, exchange)) == Approx(50e9));
}

}  // namespace
}  // namespace chokepoint
