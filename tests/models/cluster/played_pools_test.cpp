#include "models/cluster/played_pools.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("played pools: what is held is counted for as long as it is", "[cluster]") {
  const std::vector<JobPool> pools = {{2, 4, 1}, {1, 8, 2}};
  const QueueSettings settings;
  PlayedPools played(pools, 2, settings, nullptr);
  played.begin_at(100);
  CHECK(played.take(0, 0, 6) == 2);
  CHECK(played.take(1, 1, 8) == 1);
  CHECK(played.free(0) == 2);
  CHECK(played.free(1) == 0);
  CHECK_FALSE(played.nothing_is_free());
  played.go_to(110);
  played.give(1, 1, HoldEnd::Finished);
  played.go_to(130);
  played.give(0, 0, HoldEnd::Finished);
  played.go_to(200);
  CHECK(played.uses()[0].busy == 6 * 30);
  CHECK(played.uses()[0].stranded == 2 * 30);
  CHECK(played.uses()[1].busy == 8 * 10);
  CHECK(played.free(0) == played.all(0));
}

TEST_CASE("played pools: work lasts as long as its pool is slow, rounded up", "[cluster]") {
  CHECK(lasts_on({1, 1, 1}, 1001) == 1001);
  CHECK(lasts_on({1, 1, 2}, 1001) == 501);
  CHECK(lasts_on({1, 1, 0.5}, 1001) == 2002);
}

}  // namespace
}  // namespace chokepoint
