#include "tools/fleet/pool_planner.hpp"

#include "tests/tools/fleet/shipped_cluster.hpp"

namespace chokepoint {
namespace {

TEST_CASE("pool planner: pools share the devices of one place, first come first served",
          "[fleet]") {
  const Cluster cluster = shipped_cluster("hgx_h20");
  const FleetQuestion question = small_question();
  PoolPlanner planner(cluster, question, {});
  std::deque<PlannedPool> pools;
  AskedPool asked;
  asked.pool.name = "first";
  asked.pool.tensor = 4;
  asked.pool.replicas = 3;
  REQUIRE(planner.add(asked, pools));
  asked.pool.name = "rest";
  asked.pool.replicas.reset();
  REQUIRE(planner.add(asked, pools));
  CHECK(pools[1].replicas == 1);
  CHECK_FALSE(planner.add(asked, pools));
  CHECK(planner.refusal().message == "other serving pools take all devices of its pool");
  CHECK_FALSE(planner.refusal().is_infeasible);
}

TEST_CASE("pool planner: an engine reads prompts as it does by default, unless the file says",
          "[fleet]") {
  const std::string file = source_dir() + "/tests/tools/fleet/two_pools.textproto";
  const auto reads_alone = [&](const std::string& engine, const std::vector<std::string>& sets) {
    FleetQuestion question = small_question();
    question.service.tensor.reset();
    question.service.engine = engine;
    return planned(shipped_cluster(file, sets), question).pools[1].rules.reads_alone;
  };
  const std::string flag = "serving_fleet.pools[writers].reads_alone=";
  CHECK(reads_alone("sglang", {}));
  CHECK_FALSE(reads_alone("sglang", {flag + "false"}));
  CHECK_FALSE(reads_alone("vllm", {}));
  CHECK(reads_alone("vllm", {flag + "true"}));
}

TEST_CASE("pool planner: what a file says and cannot be is told where it stands", "[fleet]") {
  Diagnostics found;
  const Cluster cluster = shipped_cluster(source_dir() + "/tests/tools/fleet/two_pools.textproto");
  FleetQuestion question = small_question();
  question.service.tensor.reset();
  const PlannedFleet fleet = planned(cluster, question);
  REQUIRE(fleet.pools.size() == 2);
  CHECK(fleet.pools[0].asked.role == PoolRole::Prefill);
  CHECK(fleet.pools[0].replicas == 2);
  CHECK(fleet.pools[1].replicas == 7);  // Of two devices each, what two readers of one leave.
  CHECK(fleet.transfers != nullptr);

  const Cluster too_many = shipped_cluster(source_dir() + "/tests/tools/fleet/two_pools.textproto",
                                           {"serving_fleet.pools[readers].replicas=17"});
  CHECK(std::holds_alternative<FleetRefusal>(plan_fleet(too_many, question, found)));
  REQUIRE(found.errors() == 1);
  CHECK(found.items()[0].message ==
        "serving pool 'readers': 17 replicas of 1 devices are 17, and 16 are free");
}

TEST_CASE("pool planner: degrees of which any product is too large are refused", "[fleet]") {
  const Cluster cluster = shipped_cluster("hgx_h20");
  const FleetQuestion question = small_question();
  for (const int degree : {4096, 65'536}) {
    PoolPlanner planner(cluster, question, {});
    std::deque<PlannedPool> pools;
    AskedPool asked;
    asked.pool.attention_dp = asked.pool.pipeline = degree;
    CHECK_FALSE(planner.add(asked, pools));
    CHECK(planner.refusal().message.find("16 are free") != std::string::npos);
  }
}

}  // namespace
}  // namespace chokepoint
