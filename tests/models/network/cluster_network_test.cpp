#include "models/network/cluster_network.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/models/network/small_networks.hpp"

namespace chokepoint {
namespace {

std::size_t links_of_kind(const ClusterNetwork& network, LinkKind kind) {
  const auto& links = network.graph().links();
  return static_cast<std::size_t>(std::count_if(
      links.begin(), links.end(), [&](const NetworkLink& link) { return link.kind == kind; }));
}

std::size_t hops(const ClusterNetwork& network, std::uint32_t from, std::uint32_t to) {
  return network.graph().route(from, to)->size();
}

TEST_CASE("cluster network: rails join the same place of servers, trees whole servers",
          "[network]") {
  const ClusterNetworkSpec rails{
      {small_servers(256)}, small_design(ScaleoutShape::RailOptimised, 16), {}};
  const ClusterNetwork on_rails(rails);
  CHECK(on_rails.place(0).leaf == on_rails.place(8).leaf);
  CHECK(on_rails.place(0).leaf == on_rails.place(120).leaf);
  CHECK(on_rails.place(0).leaf != on_rails.place(128).leaf);
  CHECK(on_rails.place(0).leaf != on_rails.place(1).leaf);
  CHECK(hops(on_rails, 0, 1) == 2);    // The switch of the server.
  CHECK(hops(on_rails, 0, 8) == 2);    // The leaf.
  CHECK(hops(on_rails, 0, 9) == 4);    // Another rail: over a spine.
  CHECK(hops(on_rails, 0, 128) == 4);  // Another leaf of the rail.
  CHECK(links_of_kind(on_rails, LinkKind::Uplink) == 16 * 16);
  const ClusterNetworkSpec tree{{small_servers(256)}, small_design(ScaleoutShape::FatTree, 16), {}};
  const ClusterNetwork on_tree(tree);
  CHECK(on_tree.place(0).leaf == on_tree.place(15).leaf);
  CHECK(on_tree.place(0).leaf != on_tree.place(16).leaf);
  CHECK(links_of_kind(on_tree, LinkKind::Uplink) == 16 * 16);
}

TEST_CASE("cluster network: meshes have a link for each pair, with its share", "[network]") {
  ClusterNetworkSpec spec{{small_servers(16)}, small_design(ScaleoutShape::FatTree, 64), {}};
  spec.groups[0].shape = ScaleupShape::FullMesh;
  const ClusterNetwork network(spec);
  CHECK(links_of_kind(network, LinkKind::Scaleup) == 2 * 28);
  CHECK(network.graph().links().front().bandwidth.value == Approx(400e9 / 7));
  CHECK(hops(network, 0, 7) == 1);
  CHECK(network.place(3).is_meshed);
}

TEST_CASE("cluster network: a supernode is one domain of many servers", "[network]") {
  const ClusterNetwork network(kNetworkKinds[0].spec(384));
  CHECK(network.place(383).domain == network.place(0).domain);
  CHECK(hops(network, 0, 383) == 2);
  CHECK(network.lane_name(0) == "device 0 -> switch of domain 0");
  CHECK(network.lane_name(1) == "switch of domain 0 -> device 0");
}

TEST_CASE("cluster network: a quarter of the bandwidth to spines has a quarter of them",
          "[network]") {
  const ClusterNetwork network(kNetworkKinds[3].spec(64));
  CHECK(links_of_kind(network, LinkKind::Uplink) == 2 * 8);
  for (const NetworkLink& link : network.graph().links()) {
    if (link.kind == LinkKind::Uplink) CHECK(link.bandwidth == 50_GBps);
  }
}

TEST_CASE("cluster network: sites are joined by their lines alone", "[network]") {
  const ClusterNetwork network(two_sites(64));
  const auto route = *network.graph().route(0, 32);
  CHECK(std::count_if(route.begin(), route.end(), [&](Lane lane) {
          return network.graph().link(lane).kind == LinkKind::Line;
        }) == 1);
  CHECK(latency_of(network.graph(), route) > Seconds{1e-3});
  const auto at_home = *network.graph().route(0, 31);
  for (const Lane lane : at_home) {
    CHECK(network.graph().link(lane).kind != LinkKind::Line);
  }
}

TEST_CASE("cluster network: any two devices reach each other, as far there as back", "[network]") {
  for (const NetworkKind& kind : kNetworkKinds) {
    const ClusterNetwork network(kind.spec(64));
    const NetworkGraph& all = network.graph();
    for (std::uint32_t from = 0; from < 64; from += 3) {
      for (std::uint32_t to = 0; to < 64; ++to) {
        const auto there = all.route(from, to), back = all.route(to, from);
        REQUIRE(there);
        CHECK(there->size() == back->size());
        CHECK(latency_of(all, *there).value == Approx(latency_of(all, *back).value));
      }
    }
  }
}

TEST_CASE("cluster network: all that is wrong is told", "[network]") {
  CHECK(network_complaint(kNetworkKinds[1].spec(64)).empty());
  CHECK(network_complaint(two_sites(16)).empty());
  CHECK(network_complaint({}) == "switch_hop is not positive; no servers");
  ClusterNetworkSpec wrong = two_sites(16);
  wrong.lines.clear();
  CHECK(network_complaint(wrong) == "no line leads to site 1");
  wrong.groups[1].site = 0;
  wrong.groups[0].scaleout = {};
  wrong.groups[1].shape = ScaleupShape::Ring;
  wrong.scaleout.oversubscription = 0.5;
  CHECK(network_complaint(wrong) ==
        "oversubscription is below 1; servers 0: network cards have no bandwidth; "
        "servers 1: no route is known in a scale-up ring");
}

}  // namespace
}  // namespace chokepoint
