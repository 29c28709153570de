#include "sim/network/lane_platform.hpp"

#include <catch2/catch.hpp>
#include <simgrid/s4u/Comm.hpp>
#include <simgrid/s4u/Engine.hpp>
#include <simgrid/s4u/Host.hpp>
#include <simgrid/s4u/Link.hpp>

#include "sim/engine/kernel/configure_simgrid.hpp"
#include "tests/models/network/small_networks.hpp"

namespace chokepoint {
namespace {

TEST_CASE("lane platform: SimGrid takes the routes of the graph, without latency", "[network]") {
  const ClusterNetwork network(kNetworkKinds[3].spec(64));
  const NetworkGraph& all = network.graph();
  const std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs = {
      {0, 1}, {1, 0}, {3, 35}, {63, 2}, {9, 1}};
  const auto engine = configure_simgrid();
  const LanePlatform platform(all, pairs);
  CHECK(engine->get_host_count() == 7);
  for (const auto& [from, to] : pairs) {
    const auto flow = platform.flow(from, to, Bytes{1});
    std::vector<simgrid::s4u::Link*> route;
    double latency = 0;
    flow->get_source()->route_to(flow->get_destination(), route, &latency);
    CHECK(latency == 0);
    const auto expected = *all.route(from, to);
    REQUIRE(route.size() == expected.size());
    for (std::size_t i = 0; i < route.size(); ++i) {
      CHECK(route[i]->get_name() == "lane" + std::to_string(expected[i]));
      CHECK(route[i]->get_bandwidth() == all.link(expected[i]).bandwidth.value);
    }
  }
}

TEST_CASE("lane platform: no more links than its pairs need", "[network]") {
  const ClusterNetwork network(kNetworkKinds[1].spec(4096));
  const auto engine = configure_simgrid();
  const LanePlatform platform(network.graph(), {{0, 8}, {0, 16}});
  CHECK(engine->get_host_count() == 3);
  CHECK(engine->get_link_count() == 1 + 3);  // SimGrid has a loopback of its own.
}

TEST_CASE("lane platform: of a whole graph all devices and lanes, with their rates", "[network]") {
  const ClusterNetwork network(kNetworkKinds[2].spec(16));
  const auto engine = configure_simgrid();
  std::vector<double> rates(16);
  rates[3] = 5e9;
  const LanePlatform platform(network.graph(), rates);
  CHECK(engine->get_host_count() == 16);
  CHECK(engine->get_link_count() == 1 + network.graph().lanes());
  CHECK(platform.host(3)->get_speed() == 5e9);
  CHECK(platform.host(0)->get_speed() > 0);
}

}  // namespace
}  // namespace chokepoint
