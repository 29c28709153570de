#include "models/cluster/expected_pools.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

// Four nodes of 2; the last two close at 100.
struct Closing {
  std::vector<JobPool> pools = {{4, 2, 1.0}};
  QueueSettings settings;
  Closing() {
    settings.changes = {{PoolChangeKind::Close, 0, 100, kNoMoment, kLongAgo, 2, {}, "a rule"}};
  }
};

TEST_CASE("expected pools: short jobs get nodes that leave, long ones those that stay",
          "[cluster]") {
  const Closing of;
  PlayedPools nodes(of.pools, 3, of.settings, nullptr);
  nodes.begin_at(0);
  ExpectedPools expected(nodes);
  CHECK(expected.room(0, 100) == 8);
  CHECK(expected.room(0, 101) == 4);
  CHECK(expected.rooms(0, 100) == std::vector<GroupPart>{{1, 4}, {0, 4}});
  CHECK(expected.rooms(0, 101) == std::vector<GroupPart>{{0, 4}});
  nodes.take(0, 0, std::vector<GroupPart>{{0, 3}});
  expected.hold({{0, 3}}, 40, 0);
  CHECK(expected.first(0, 5, 50, 0) == 0);
  CHECK(expected.first(0, 8, 50, 0) == 40);
  CHECK(expected.first(0, 8, 61, 0) == kNoMoment);
  CHECK(expected.first(0, 4, 200, 0) == 40);
  CHECK(expected.rooms_at(0, 40, 10) == std::vector<GroupPart>{{1, 4}, {0, 4}});
  expected.release({{0, 3}}, 40, 0);
  CHECK(expected.ends_of(0).empty());
}

TEST_CASE("expected pools: what is kept for the head is not for those that end later",
          "[cluster]") {
  KeptForHead kept(3);
  using Parts = std::vector<GroupPart>;
  kept.keep_nothing();
  CHECK(kept.beside({{0, 4}}, 0, 1000) == Parts{{0, 4}});
  kept.keep(0, 50, {{0, 4}, {1, 4}}, 5);  // Three of these are left, and all of group 2.
  CHECK(kept.beside({{0, 4}}, 0, 50) == Parts{{0, 4}});
  CHECK(kept.beside({{0, 4}}, 1, 51) == Parts{{0, 4}});
  CHECK(kept.beside({{0, 2}, {1, 4}, {2, 4}}, 0, 51) == Parts{{0, 2}, {1, 1}, {2, 4}});
  kept.take({{0, 1}}, 0, 50);
  CHECK(kept.beside() == 3);
  kept.take({{0, 1}, {2, 3}}, 0, 51);
  CHECK(kept.beside() == 2);
}

}  // namespace
}  // namespace chokepoint
