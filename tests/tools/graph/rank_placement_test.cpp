#include "tools/graph/rank_placement.hpp"

#include "tests/tools/estimate/training/shipped_training.hpp"
#include "tests/tools/fleet/shipped_cluster.hpp"

namespace chokepoint {
namespace {

RankPlacement placed(const std::string& name, const std::vector<std::string>& sets = {}) {
  return {shipped_cluster(name, sets), shipped_training()};
}

TEST_CASE("rank placement: ranks fill pools in their order", "[graph]") {
  for (const std::string& name : cluster_names(source_dir())) {
    INFO(name);
    const RankPlacement placement = placed(name);
    int devices = 0;
    for (const RankPool& pool : placement.pools()) {
      CHECK(placement.pool_of(devices).name == pool.name);
      devices += pool.devices;
      CHECK(placement.pool_of(devices - 1).name == pool.name);
      CHECK(pool.products > FlopsPerSecond{});
      CHECK(pool.products <= pool.peak);
    }
    CHECK(placement.devices() == devices);
  }
}

TEST_CASE("rank placement: a group inside a domain has its links, across them the network's",
          "[graph]") {
  const RankPlacement placement = placed("hgx_h100");
  REQUIRE(placement.devices() == 16);
  const Hierarchy inside = placement.fabric_of({0, 1, 2, 3});
  CHECK(inside.inner_ranks == 4);
  const Hierarchy across = placement.fabric_of({0, 1, 2, 8});
  CHECK(across.inner_ranks == 1);
  CHECK(placement.fabric_of({6, 7, 8, 9}).inner_ranks == 2);
  CHECK(across.outer.bandwidth < inside.inner.bandwidth);
}

TEST_CASE("rank placement: pools of two kinds reach each other as the slower does", "[graph]") {
  const RankPlacement mixed = placed("mixed_h20_910c");
  REQUIRE(mixed.pools().size() == 2);
  const int second = mixed.pools()[0].devices;
  const auto alone = [&](int rank) { return mixed.fabric_of({rank}).outer.bandwidth; };
  CHECK(mixed.fabric_of({0, second}).outer.bandwidth == std::min(alone(0), alone(second)));
}

}  // namespace
}  // namespace chokepoint
