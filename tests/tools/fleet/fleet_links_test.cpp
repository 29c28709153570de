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

}  // namespace
}  // namespace chokepoint
