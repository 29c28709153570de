#include "models/network/flow_schedule.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "tests/models/network/small_networks.hpp"

namespace chokepoint {
namespace {

Bytes bytes_in(const FlowSchedule& schedule) {
  Bytes sum;
  for (const FlowPhase& phase : schedule) {
    for (const DeviceFlow& flow : phase.flows) sum += flow.bytes;
  }
  return sum;
}

std::size_t flows_in(const FlowSchedule& schedule) {
  std::size_t count = 0;
  for (const FlowPhase& phase : schedule) count += phase.flows.size();
  return count;
}

FlowSchedule schedule_of(const ClusterNetwork& network, const std::vector<std::uint32_t>& devices,
                         CollectiveKind kind, Bytes bytes) {
  const DeviceGroup group = group_of(network, devices);
  GroupCollectives collectives(network, group);
  return flows_of(collectives.plan(kind, bytes));
}

// Eight servers: 7/8 of the message inside, then 2 (8-1)/8 of an eighth across, then 7/8 again.
TEST_CASE("flow schedule: an all-reduce over servers sends what its stages say", "[network]") {
  const ClusterNetwork network(kNetworkKinds[1].spec(64));
  const auto schedule =
      schedule_of(network, some_devices(64), CollectiveKind::AllReduce, Bytes{64e9});
  REQUIRE(schedule.size() == 3);
  CHECK(bytes_in({schedule[0]}).value == Approx(64 * 56e9));
  CHECK(bytes_in({schedule[1]}).value == Approx(64 * 14e9));
  CHECK(bytes_in({schedule[2]}).value == Approx(64 * 56e9));
}

TEST_CASE("flow schedule: the steps of a ring carry what its aggregate does", "[network]") {
  const FlowSchedule steps = ring_steps(some_devices(16), 16_GB, Seconds{1e-6});
  CHECK(steps.size() == 30);
  CHECK(bytes_in(steps).value == Approx(16 * 30e9));
  for (const FlowPhase& step : steps) CHECK(step.wait == Seconds{1e-6});
}

TEST_CASE("flow schedule: of servers and rails that are alike one is left", "[network]") {
  const ClusterNetwork network(kNetworkKinds[1].spec(512));
  const auto whole = schedule_of(network, some_devices(512), CollectiveKind::ReduceScatter, 1_GB);
  const auto left = without_twins(network.graph(), {whole}).front();
  CHECK(flows_in(whole) == 1024);
  // Of a ring inside, a flow per device shares no link with the next; nor does it across.
  CHECK(flows_in(left) < 20);
  REQUIRE(left.size() == whole.size());
  for (std::size_t i = 0; i < left.size(); ++i) {
    CHECK(left[i].wait == whole[i].wait);
    CHECK_FALSE(left[i].flows.empty());
  }
}

TEST_CASE("flow schedule: what shares a link with another job stays whole", "[network]") {
  const ClusterNetwork network(kNetworkKinds[1].spec(64));
  const auto one = schedule_of(network, some_devices(64), CollectiveKind::AllToAll, 1_GB);
  const auto both = without_twins(network.graph(), {one, one});
  CHECK(flows_in(both[0]) == flows_in(one));
  CHECK(flows_in(both[1]) == flows_in(one));
  const auto left = schedule_of(network, some_devices(32), CollectiveKind::AllToAll, 1_GB);
  const auto right = schedule_of(network, some_devices(32, 32), CollectiveKind::AllToAll, 1_GB);
  const auto apart = without_twins(network.graph(), {left, right});
  CHECK(flows_in(apart[0]) < flows_in(left));
}

TEST_CASE("flow schedule: bytes that differ make no twins", "[network]") {
  const ClusterNetwork network(kNetworkKinds[1].spec(16));
  FlowPhase phase{{}, {{0, 1, Bytes{10}}, {2, 3, Bytes{10}}, {4, 5, Bytes{11}}}};
  const auto left = without_twins(network.graph(), {{phase}}).front();
  REQUIRE(left.front().flows.size() == 2);
  CHECK(left.front().flows[1].from == 4);
}

}  // namespace
}  // namespace chokepoint
