#include "sim/serving/fabric_platform.hpp"

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
  const auto links = [&](std::uint32_t from, std::uint32_t to) {
    const auto flow = platform.flow(from, to, Bytes{1});
    std::vector<simgrid::s4u::Link*> route;
    double latency = 0;
    flow->get_source()->route_to(flow->get_destination(), route, &latency);
    CHECK(latency == 0);
    std::vector<std::string> names;
    for (const auto* link : route) names.push_back(link->get_name());
    return names;
  };
  CHECK(links(0, 5) == std::vector<std::string>{"pool0/host0_UP", "pool1/host0_DOWN"});
  CHECK(links(1, 6) == std::vector<std::string>{"pool0/host0_UP", "pool1/host1_DOWN"});
  CHECK(links(4, 8) ==
        std::vector<std::string>{"pool0/host2_UP", "boundary0-3_UP", "pool2/host1_DOWN"});
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
