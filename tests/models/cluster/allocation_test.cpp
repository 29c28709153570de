#include "models/cluster/allocation.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

namespace chokepoint {
namespace {

using Draw = std::mt19937_64;

int below(Draw& draw, int n) {
  return static_cast<int>(draw() % static_cast<unsigned>(n));
}

NodeSpec node_of(int devices) {
  NodeSpec node;
  node.devices_per_node = devices;
  return node;
}

Pool pool_of(NodeTypeId node, double serving_share) {
  Pool pool;
  pool.node = node;
  pool.serving_share = serving_share;
  return pool;
}

TEST_CASE("free nodes: services' share is rounded up", "[cluster][allocation]") {
  const auto free = [](double share, int powered, int busy) {
    return free_nodes(pool_of({}, share), {powered, busy});
  };
  CHECK(free(0.0, 10, 3) == 7);
  CHECK(free(0.25, 10, 0) == 7);  // 2.5 are 3.
  CHECK(free(0.5, 10, 2) == 3);
  CHECK(free(1.0, 10, 0) == 0);
  CHECK(free(0.5, 10, 8) == 0);     // Nodes lost power under a running gang.
  CHECK(free(0.07, 100, 0) == 93);  // 0.07 * 100 is 7.000000000000001.
}

TEST_CASE("placement: first pool of the list with room, in whole nodes", "[cluster][allocation]") {
  const std::vector<NodeSpec> nodes = {node_of(8), node_of(16)};
  const std::vector<Pool> pools = {pool_of(NodeTypeId{0}, 0), pool_of(NodeTypeId{1}, 0),
                                   pool_of(NodeTypeId{0}, 0)};
  const std::vector<PoolState> states = {{3, 0}, {5, 1}, {9, 0}};
  const auto place = [&](int devices, std::vector<PoolId> wanted) {
    return place_head({{JobId{6}, devices, std::move(wanted)}}, pools, states, nodes);
  };
  const auto first = place(24, {PoolId{0}, PoolId{1}});
  REQUIRE(first);
  CHECK(first->job == JobId{6});
  CHECK(first->pool == PoolId{0});
  CHECK(first->nodes == 3);

  const auto second = place(25, {PoolId{0}, PoolId{1}});  // Four nodes of 8 there are not.
  REQUIRE(second);
  CHECK(second->pool == PoolId{1});
  CHECK(second->nodes == 2);

  CHECK(place(24, {PoolId{1}, PoolId{0}})->pool == PoolId{1});
  CHECK_FALSE(place(73, {PoolId{0}, PoolId{1}, PoolId{2}}));
  CHECK_FALSE(place(1, {}));
}

TEST_CASE("placement: nobody passes a head that does not fit", "[cluster][allocation]") {
  const std::vector<GangRequest> queue = {{JobId{1}, 80, {PoolId{0}}}, {JobId{2}, 8, {PoolId{0}}}};
  const std::vector<Pool> pools = {pool_of(NodeTypeId{0}, 0)};
  CHECK_FALSE(place_head(queue, pools, {{9, 0}}, {node_of(8)}));
  CHECK(place_head(queue, pools, {{10, 0}}, {node_of(8)})->job == JobId{1});
  CHECK_FALSE(place_head({}, pools, {{10, 0}}, {node_of(8)}));
}

TEST_CASE("placement: one more node never makes the head unplaceable", "[cluster][allocation]") {
  Draw draw{1};
  int placed = 0;
  for (int i = 0; i < 5000; ++i) {
    const std::vector<NodeSpec> nodes = {node_of(8), node_of(1 + below(draw, 32))};
    std::vector<Pool> pools;
    std::vector<PoolState> states;
    GangRequest head{JobId{}, 1 + below(draw, 400), {}};
    for (std::uint32_t p = 0; p < 3; ++p) {
      pools.push_back(pool_of(NodeTypeId{p % 2}, below(draw, 101) / 100.0));
      const int powered = below(draw, 60);
      states.push_back({powered, below(draw, powered + 1)});
      head.pools.push_back(PoolId{p});
    }
    const auto before = place_head({head}, pools, states, nodes);
    if (!before) continue;
    ++placed;
    REQUIRE(before->nodes <= free_nodes(pools[before->pool.value], states[before->pool.value]));
    for (auto& state : states) {
      ++state.powered_nodes;
      const auto after = place_head({head}, pools, states, nodes);
      REQUIRE(after);
      REQUIRE(after->pool <= before->pool);
    }
  }
  CHECK(placed > 500);
}

TEST_CASE("power: first come, first powered, whole nodes", "[cluster][allocation]") {
  const std::vector<Watts> power = {Watts{10}, Watts{7}, Watts{1}};
  CHECK(power_in_order({2, 3, 4}, power, Watts{45}) == std::vector<NodeCount>{2, 3, 4});
  CHECK(power_in_order({2, 3, 4}, power, Watts{44}) == std::vector<NodeCount>{2, 3, 3});
  // The third node of 7 does not fit; those of 1 would and may not pass it.
  CHECK(power_in_order({2, 3, 4}, power, Watts{40}) == std::vector<NodeCount>{2, 2, 0});
  CHECK(power_in_order({2, 3, 4}, power, Watts{9}) == std::vector<NodeCount>{0, 0, 0});
  CHECK(power_in_order({}, {}, Watts{9}).empty());
}

// The cap is one bit short of 72 nodes, and the quotient rounds up to 72.
TEST_CASE("power: not even a rounding error exceeds the cap", "[cluster][allocation]") {
  const Watts power{360.8};
  const Watts cap{std::nextafter((72.0 * power).value, 0.0)};
  REQUIRE(std::floor(cap / power) == 72.0);
  CHECK(power_in_order({100}, {power}, cap) == std::vector<NodeCount>{71});
}

TEST_CASE("power: never over the cap, and more cap never powers fewer", "[cluster][allocation]") {
  Draw draw{2};
  for (int i = 0; i < 5000; ++i) {
    std::vector<NodeCount> delivered;
    std::vector<Watts> power;
    for (int p = 0; p < 4; ++p) {
      delivered.push_back(below(draw, 50));
      power.push_back(Watts{0.1 * (1 + below(draw, 100))});
    }
    const Watts cap{0.1 * below(draw, 10'000)};
    const auto powered = power_in_order(delivered, power, cap);
    const auto with_more = power_in_order(delivered, power, cap + Watts{3.7});
    Watts drawn{};
    NodeCount all = 0, all_with_more = 0;
    for (std::size_t p = 0; p < powered.size(); ++p) {
      REQUIRE(0 <= powered[p]);
      REQUIRE(powered[p] <= delivered[p]);
      drawn += static_cast<double>(powered[p]) * power[p];
      all += powered[p];
      all_with_more += with_more[p];
    }
    // The sum is taken in another order here than inside: one part in 1e12 is rounding.
    REQUIRE(drawn <= cap * (1.0 + 1e-12));
    REQUIRE(all_with_more >= all);
  }
}

TEST_CASE("allocation: what is lent is free as well, and taken last", "[cluster]") {
  const Pool pool = pool_of({}, 0.5);
  PoolState state;
  state.powered_nodes = 10;
  state.lent_nodes = 3;
  CHECK(free_nodes(pool, state) == 8);
  CHECK(unlent_free_nodes(pool, state) == 5);
  CHECK(borrowed_nodes(pool, state) == 0);
  state.busy_nodes = 7;
  CHECK(free_nodes(pool, state) == 1);
  CHECK(unlent_free_nodes(pool, state) == 0);
  CHECK(borrowed_nodes(pool, state) == 2);
  state.lent_nodes = 0;  // Taken back, and the gangs have not gone yet.
  CHECK(free_nodes(pool, state) == 0);
  state.lent_nodes = 99;  // Never more than services have.
  CHECK(free_nodes(pool, state) == 3);
}

}  // namespace
}  // namespace chokepoint
