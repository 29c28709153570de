#include "tools/fleet/fleet_plan.hpp"

#include "tests/tools/fleet/shipped_cluster.hpp"

namespace chokepoint {
namespace {

FleetRefusal refused(const Cluster& cluster, const FleetQuestion& question) {
  Diagnostics found;
  auto plan = plan_fleet(cluster, question, found);
  REQUIRE_FALSE(found.has_errors());
  REQUIRE(std::holds_alternative<FleetRefusal>(plan));
  return std::get<FleetRefusal>(plan);
}

TEST_CASE("fleet plan: a written plan takes all devices, a best one no more than there are",
          "[fleet]") {
  const Cluster cluster = shipped_cluster("hgx_h20");
  FleetQuestion question = small_question();
  CHECK(planned(cluster, question).pools[0].replicas == 16);
  question.service.tensor = 8;
  CHECK(planned(cluster, question).pools[0].replicas == 2);
  question.service.tensor.reset();
  const PlannedFleet best = planned(cluster, question);
  const PlannedPool& pool = best.pools[0];
  CHECK(pool.replicas * pool.subject.plan.devices() <= 16);
  CHECK(pool.replicas >= 1);
}

TEST_CASE("fleet plan: pools of other devices weigh requests by how fast they are", "[fleet]") {
  const Cluster cluster = shipped_cluster("mixed_h20_910c");
  const PlannedFleet fleet = planned(cluster, small_question());
  REQUIRE(fleet.pools.size() == 2);
  const auto [least, most] = std::minmax(fleet.pools[0].weight, fleet.pools[1].weight);
  CHECK(least == 1);
  CHECK(most > 1);
  CHECK(fleet.place_of(0).pool == 0);
  CHECK(fleet.place_of(8).pool == 1);
  CHECK(fleet.place_of(8).number == 0);
}

TEST_CASE("fleet plan: what does not fit is refused with its arithmetic", "[fleet]") {
  const Cluster cluster = shipped_cluster("atlas_800t_a2");
  FleetQuestion question = small_question();
  question.service.model = "DeepSeek-V3";
  question.service.tensor = 8;
  const FleetRefusal written = refused(cluster, question);
  CHECK(written.is_infeasible);
  CHECK(written.message.find("weights") != std::string::npos);
  question.service.tensor.reset();
  const FleetRefusal best = refused(cluster, question);
  CHECK(best.is_infeasible);
  CHECK(best.message.find("GiB weights") != std::string::npos);
}

TEST_CASE("fleet plan: words of the command line that mean nothing are refused", "[fleet]") {
  const Cluster cluster = shipped_cluster("hgx_h20");
  FleetQuestion question = small_question();
  question.service.model = "Llama-3.1-9B";
  CHECK(refused(cluster, question).message == "no model 'Llama-3.1-9B' in the catalogue");
  question.service.model = "";
  CHECK(refused(cluster, question).message == "no model to serve");
  question = small_question();
  question.service.engine = "vlm";
  CHECK(refused(cluster, question).message.find("vlm") != std::string::npos);
  question = small_question();
  question.service.tensor = 32;
  CHECK_FALSE(refused(cluster, question).is_infeasible);
}

}  // namespace
}  // namespace chokepoint
