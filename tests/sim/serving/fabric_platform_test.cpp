#include "sim/serving/fabric_platform.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <simgrid/s4u/Comm.hpp>
#include <simgrid/s4u/Engine.hpp>
#include <simgrid/s4u/Exec.hpp>
#include <simgrid/s4u/Host.hpp>
#include <simgrid/s4u/Link.hpp>

#include "sim/engine/kernel/configure_simgrid.hpp"
#include "tests/sim/serving/small_fabric.hpp"

namespace chokepoint {
namespace {

TEST_CASE("fabric platform: replicas of a host share its links, the boundary is between fabrics",
          "[serving][fabric]") {
  SmallFabric small(5, 2);
  small.spec.pools.push_back(small.spec.pools[1]);
  small.fabric.pools.push_back(small.fabric.pools[1]);
  small.fabric.pools[0].replicas_per_host = 2;
  small.fabric.pools[2].fabric = 3;
  small.fabric.boundary = 1_GBps;
  const auto engine = configure_simgrid();
  const FabricPlatform platform(small.spec, small.fabric);
  CHECK(platform.pool_of(4) == 0);
  CHECK(platform.pool_of(5) == 1);
  CHECK(platform.pool_of(8) == 2);
  CHECK(engine->get_host_count() == 9);
  const auto route = [&](std::uint32_t from, std::uint32_t to) {
    const auto flow = platform.flow(from, to, Bytes{1});
    std::vector<simgrid::s4u::Link*> links;
    double latency = 0;
    flow->get_source()->route_to(flow->get_destination(), links, &latency);
    CHECK(latency == 0);
    CHECK(links.size() == platform.graph().route(from, to)->size());
    return links;
  };
  const auto shares = [&](const std::vector<simgrid::s4u::Link*>& one,
                          const std::vector<simgrid::s4u::Link*>& other) {
    return std::ranges::any_of(
        one, [&](const auto* link) { return std::ranges::find(other, link) != other.end(); });
  };
  CHECK(shares(route(0, 5), route(1, 6)));        // From one host.
  CHECK_FALSE(shares(route(0, 5), route(2, 6)));  // From two.
  CHECK(shares(route(0, 5), route(2, 5)));        // To one.
  CHECK_FALSE(shares(route(5, 0), route(0, 5)));  // Each way has its own.
  CHECK(shares(route(2, 7), route(4, 8)));        // Over the boundary.
  for (const auto* link : route(4, 8)) {
    CHECK((link->get_bandwidth() == 1e9 || link->get_bandwidth() == 10e9));
  }
}

TEST_CASE("fabric platform: without a boundary nothing crosses it", "[serving][fabric]") {
  SmallFabric small(2, 2);
  small.fabric.pools[1].fabric = 1;
  const auto engine = configure_simgrid();
  const FabricPlatform platform(small.spec, small.fabric);
  CHECK_FALSE(platform.graph().route(0, 2));
}

TEST_CASE("fabric platform: a replica without conversion is a host all the same",
          "[serving][fabric]") {
  SmallFabric small;
  small.fabric.pools[1].conversion = 20_GBps;
  const auto engine = configure_simgrid();
  const FabricPlatform platform(small.spec, small.fabric);
  CHECK(platform.conversion(0, Bytes{1})->get_host()->get_speed() > 0);
  CHECK(platform.conversion(1, Bytes{1})->get_host()->get_speed() == 20e9);
}

}  // namespace
}  // namespace chokepoint
