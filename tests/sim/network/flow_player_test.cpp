#include "sim/network/flow_player.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/models/network/small_networks.hpp"
#include "tests/sim/network/played.hpp"

namespace chokepoint {
namespace {

// Devices 0 to 3 on one switch, 10 bytes a second each way.
NetworkGraph small_switch() {
  std::vector<NetworkLink> links;
  for (std::uint32_t i = 0; i < 4; ++i) links.push_back({i, 4, BytesPerSecond{10}, Seconds{1}, {}});
  return NetworkGraph(4, 1, links);
}

FlowJob job(FlowSchedule schedule, bool repeats = false) {
  return {std::move(schedule), repeats};
}

TEST_CASE("flow player: a phase waits, then takes bytes over bandwidth", "[network][flows]") {
  const NetworkGraph four = small_switch();
  const FlowSchedule two = {{2_s, {{0, 1, Bytes{100}}, {2, 3, Bytes{50}}}},
                            {1_s, {{1, 0, Bytes{20}}}}};
  const auto ends = phase_ends(four, {job(two)});
  REQUIRE(ends.size() == 2);
  CHECK(ends[0] == Approx(2 + 10));
  CHECK(ends[1] == Approx(12 + 1 + 2));
}

TEST_CASE("flow player: a phase without flows is its wait", "[network][flows]") {
  CHECK(end_of(small_switch(), {job({{3_s, {}}, {0_s, {{0, 1, Bytes{0}}}}})}) == Approx(3));
  CHECK(end_of(small_switch(), {job({{0_s, {{0, 1, Bytes{10}}}}})}) == Approx(1));
}

// The second waits 2 s and wants the lane to device 1 for 2 more; alone the first takes 10.
TEST_CASE("flow player: a job that repeats goes on until the others have ended",
          "[network][flows]") {
  const FlowJob asked = job({{0_s, {{0, 1, Bytes{100}}}}});
  const FlowJob again = job({{2_s, {{2, 1, Bytes{20}}}}}, true);
  const double once = end_of(small_switch(), {asked, job(again.schedule)});
  CHECK(once == Approx(12));
  // It has sent 20 bytes by 2, and 20 more by 6, 8, 12 and 14: at half rate while both share.
  CHECK(end_of(small_switch(), {asked, again}) == Approx(14));
}

TEST_CASE("flow player: the same inputs give the same bytes", "[network][flows]") {
  const ClusterNetwork network(kNetworkKinds[3].spec(64));
  const FlowJob one = job(flows_over(network, some_devices(64), CollectiveKind::AllToAll, 1_GB));
  const FlowJob other = job(flows_over(network, some_devices(32), CollectiveKind::AllReduce, 1_GB));
  const double first = end_of(network.graph(), {one, other});
  for (int i = 0; i < 3; ++i) CHECK(end_of(network.graph(), {one, other}) == first);
}

// Bytes that all differ a little make no twins, so that every flow is played.
TEST_CASE("flow player: what twins are left out for ends when they would", "[network][flows]") {
  for (const NetworkKind& kind : kNetworkKinds) {
    const ClusterNetwork network(kind.spec(64));
    for (const CollectiveKind collective : kCollectiveKinds) {
      const FlowSchedule alike = flows_over(network, some_devices(64), collective, 10_GB);
      FlowSchedule unlike = alike;
      double more = 0;
      for (FlowPhase& phase : unlike) {
        for (DeviceFlow& flow : phase.flows) flow.bytes += Bytes{more += 1};
      }
      const double left = end_of(network.graph(), {job(alike)});
      CHECK(end_of(network.graph(), {job(unlike)}) == Approx(left).epsilon(1e-5));
    }
  }
}

}  // namespace
}  // namespace chokepoint
