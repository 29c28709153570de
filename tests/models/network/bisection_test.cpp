#include "models/network/bisection.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>

#include "tests/models/network/small_networks.hpp"

namespace chokepoint {
namespace {

// The least over all ways to take switches to one side or the other. Devices of neither side send
// and take nothing.
double least_by_hand(const NetworkGraph& all, std::uint32_t half) {
  const std::uint32_t devices = all.devices(), switches = all.vertices() - devices;
  double least = std::numeric_limits<double>::infinity();
  for (std::uint32_t set = 0; set < 1U << switches; ++set) {
    const auto is_near = [&](std::uint32_t vertex) {
      return vertex < devices ? vertex < half : (set >> (vertex - devices) & 1U) != 0;
    };
    const auto is_far = [&](std::uint32_t vertex) {
      return vertex < devices ? vertex >= devices - half : !is_near(vertex);
    };
    double cut = 0;
    for (const NetworkLink& link : all.links()) {
      if (is_near(link.a) && is_far(link.b)) cut += link.bandwidth.value;
      if (is_near(link.b) && is_far(link.a)) cut += link.bandwidth.value;
    }
    least = std::min(least, cut);
  }
  return least;
}

TEST_CASE("bisection: the least of all cuts, found by trying each", "[network][bisection]") {
  CHECK(rc::check([] {
    const NetworkGraph any = any::small_graph();
    const NetworkCut cut = bisection(any);
    RC_ASSERT(cut.bandwidth.value == least_by_hand(any, any.devices() / 2));
    double lanes = 0;
    for (const Lane lane : cut.lanes) lanes += any.link(lane).bandwidth.value;
    RC_ASSERT(lanes == cut.bandwidth.value);
  }));
}

TEST_CASE("bisection: half of the cards, less what a tree is oversubscribed",
          "[network][bisection]") {
  for (const double over : {1.0, 2.0, 4.0}) {
    for (const auto shape : {ScaleoutShape::RailOptimised, ScaleoutShape::FatTree}) {
      const std::uint32_t ports = shape == ScaleoutShape::FatTree ? 32 : 4;
      const ClusterNetwork network(
          ClusterNetworkSpec{{small_servers(128)}, small_design(shape, ports, over), {}});
      CHECK(bisection(network.graph()).bandwidth.value == Approx(64 * 50e9 / over));
    }
  }
}

TEST_CASE("bisection: in a switched domain half of the links, in a mesh a quarter of the pairs",
          "[network][bisection]") {
  ClusterNetworkSpec spec{{small_servers(8)}, small_design(ScaleoutShape::FatTree, 8), {}};
  const double cards = 4 * 50e9;
  CHECK(bisection(ClusterNetwork(spec).graph()).bandwidth.value == Approx(4 * 400e9 + cards));
  spec.groups[0].shape = ScaleupShape::FullMesh;
  CHECK(bisection(ClusterNetwork(spec).graph()).bandwidth.value == Approx(16 * 400e9 / 7 + cards));
}

TEST_CASE("bisection: between two sites it is their line", "[network][bisection]") {
  const ClusterNetwork network(two_sites(64));
  const NetworkCut cut = bisection(network.graph());
  CHECK(cut.bandwidth == 100_GBps);
  REQUIRE(cut.lanes.size() == 1);
  CHECK(network.graph().link(cut.lanes[0]).kind == LinkKind::Line);
}

TEST_CASE("bisection: a wider link never narrows it", "[network][bisection]") {
  CHECK(rc::check([] {
    const NetworkGraph any = any::small_graph();
    std::vector<NetworkLink> links = any.links();
    auto& link = links[*rc::gen::inRange<std::size_t>(0, links.size())];
    link.bandwidth = link.bandwidth * 2.0;
    const NetworkGraph wider(any.devices(), any.vertices() - any.devices(), links);
    RC_ASSERT(bisection(wider).bandwidth >= bisection(any).bandwidth);
  }));
}

}  // namespace
}  // namespace chokepoint
