#include "tools/fleet/fleet_links.hpp"

#include "tests/tools/fleet/shipped_cluster.hpp"

namespace chokepoint {
namespace {

const std::string kTwoPools = source_dir() + "/tests/tools/fleet/two_pools.textproto";

TransferFabric fabric(const std::vector<std::string>& sets = {}) {
  const Cluster cluster = shipped_cluster(kTwoPools, sets);
  FleetQuestion question = small_question();
  question.service.tensor.reset();
  PlannedFleet fleet = planned(cluster, question);
  TransferFabric made = fabric_of(cluster, fleet);
  CHECK(fabric_complaint(made, fleet.spec()).empty());
  return made;
}

TEST_CASE("fleet links: replicas of a node share its cards", "[fleet]") {
  const TransferFabric one = fabric();
  REQUIRE(one.pools.size() == 2);
  CHECK(one.pools[0].replicas_per_host == 8);
  CHECK(one.pools[1].replicas_per_host == 4);
  // Eight cards of 400 Gbit/s, at what links between servers attain.
  CHECK(one.pools[0].bandwidth / 400_GBps == Approx(one.pools[1].bandwidth / 400_GBps));
  CHECK(one.pools[0].bandwidth < 400_GBps);
  CHECK(one.pools[0].fabric == one.pools[1].fabric);
  CHECK(one.pools[0].layout == one.pools[1].layout);
}

TEST_CASE("fleet links: what the file states of transfers holds", "[fleet]") {
  const TransferFabric stated =
      fabric({"serving_fleet.transfer_gbit_s={ value: 80 source: \"mem\" confidence: MEMORY }",
              "serving_fleet.pools[writers].block_tokens=64"});
  CHECK(stated.pools[0].bandwidth == 10_GBps);
  CHECK(stated.pools[0].replicas_per_host == 1);
  CHECK(stated.pools[0].layout != stated.pools[1].layout);
}

TEST_CASE("fleet links: sites are joined by the links of the file, else by cards that hand over",
          "[fleet]") {
  Cluster cluster = shipped_cluster(kTwoPools);
  FleetQuestion question = small_question();
  question.service.tensor.reset();
  PlannedFleet fleet = planned(cluster, question);
  const BytesPerSecond cards = links_of(fleet.pools[0], cluster.world.served).bandwidth;
  CHECK(fabric_of(cluster, fleet).boundary / cards == Approx(1));

  PlannedPool whole = fleet.pools[0];
  whole.asked.role = PoolRole::Whole;
  whole.subject.task.links.scaleout = whole.subject.task.links.scaleout * 0.01;
  fleet.pools.push_back(whole);
  CHECK(fabric_of(cluster, fleet).boundary / cards == Approx(1));

  LinkSpec line;
  line.bandwidth.value = cards * 1000.0;
  cluster.world.links.push_back(line);
  CHECK(fabric_of(cluster, fleet).boundary / cards == Approx(1000));
  line.bandwidth.value = cards * 10.0;
  cluster.world.links.push_back(line);
  CHECK(fabric_of(cluster, fleet).boundary / cards == Approx(10));
}

TEST_CASE("fleet links: a transfer that none hinders takes a replica's share of its cards",
          "[fleet]") {
  const Cluster cluster = shipped_cluster(kTwoPools);
  FleetQuestion question = small_question();
  question.service.tensor.reset();
  const PlannedFleet fleet = planned(cluster, question);
  const PoolLinks links = links_of(fleet.pools[0], cluster.world.served);
  const BytesPerSecond share = links.bandwidth / double(links.replicas_per_host);
  CHECK(share < fleet.pools[0].subject.task.links.scaleout);
  const Bytes bytes{1e12};
  const auto end = fleet.transfers->start({0, 0, 2, bytes, bytes}, 0);
  REQUIRE(end);
  CHECK(double(*end) * 1e-9 == Approx((bytes / share).value).epsilon(1e-4));
}

}  // namespace
}  // namespace chokepoint
