#include "tools/fleet/cluster.hpp"

#include "tests/tools/fleet/shipped_cluster.hpp"

namespace chokepoint {
namespace {

std::string only_complaint(const std::string& name, const std::vector<Assignment>& sets = {}) {
  Diagnostics found;
  CHECK_FALSE(load_cluster(name, sets, source_dir(), found));
  REQUIRE(found.errors() == 1);
  return found.items().front().message + " | " + found.items().front().help;
}

TEST_CASE("cluster: every shipped one has chips and the power for them", "[fleet]") {
  const auto names = cluster_names(source_dir());
  CHECK(names.size() >= 10);
  for (const auto& name : names) {
    INFO(name);
    const Cluster cluster = shipped_cluster(name);
    CHECK(cluster.world.name == name);
    CHECK(devices_of(cluster.world, PoolId{0}) > 0);
  }
}

TEST_CASE("cluster: a name that is not shipped is told with the nearest", "[fleet]") {
  CHECK(only_complaint("hgx_h2o") == "no such cluster | did you mean 'hgx_h20'?");
  CHECK(only_complaint("nothing").find("no such cluster | there are atlas_800t_a2") == 0);
  CHECK(only_complaint("no/such.textproto").find("no such file") == 0);
  CHECK(only_complaint("/").find("is a folder") == 0);
}

TEST_CASE("cluster: without a pool, a chip or power there is nothing to serve", "[fleet]") {
  CHECK(only_complaint("operator").find("the cluster has no pool") == 0);
  CHECK(only_complaint("hgx_h20", {{"sites[pod].pools[h20].stocks[all].units.value", "0"}})
            .find("the cluster has pools and no chip in any of them") == 0);
  CHECK(only_complaint("hgx_h20", {{"sites[pod].power_cap_mw.value", "0.01"}})
            .find("its servers take 0.0169 MW at full load") == 0);
}

}  // namespace
}  // namespace chokepoint
