#include "models/cluster/planned_pools.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("planned pools: a slot is of nodes that are there from its begin to its end",
          "[cluster]") {
  const std::vector<JobPool> pools = {{3, 2, 1.0}};
  QueueSettings settings;
  // Node 2 arrives at 50; node 0 is drained from 30 to 60.
  settings.changes = {{PoolChangeKind::Arrive, 0, 50, kNoMoment, kLongAgo, 1, {}, "order"},
                      {PoolChangeKind::Drain, 0, 30, 60, kLongAgo, 1, 0, "maintenance"}};
  PlayedPools nodes(pools, 1, settings, nullptr);
  nodes.begin_at(0);
  PlannedPools plans(nodes);
  CHECK(plans.first(0, 4, 100, 0).begin == 0);
  plans.take({{0, 1}}, 0, 20);
  CHECK(plans.first(0, 4, 5, 0).begin == 20);
  CHECK(plans.first(0, 5, 5, 0).begin == 60);
  CHECK(plans.first(0, 7, 5, 0).begin == kNoMoment);
  plans.give({{0, 1}}, 0, 20);
  CHECK(plans.first(0, 4, 5, 0).begin == 0);
  // It ends before the node is drained, which the others may use longer.
  CHECK(plans.first(0, 2, 30, 0).parts == std::vector<GroupPart>{{0, 2}});
  CHECK(plans.first(0, 2, 31, 0).parts == std::vector<GroupPart>{{1, 2}});
}

}  // namespace
}  // namespace chokepoint
