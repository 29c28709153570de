#include "models/network/network_graph.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "tests/models/network/small_networks.hpp"

namespace chokepoint {
namespace {

NetworkLink wire(std::uint32_t a, std::uint32_t b, double latency) {
  return {a, b, BytesPerSecond{1}, Seconds{latency}, LinkKind::Uplink};
}

TEST_CASE("graph: the shortest way is taken, and from a device to itself none",
          "[network][graph]") {
  // Devices 0 and 1 behind switches 2 and 3, joined directly and over 4.
  const NetworkGraph two(
      2, 3, {wire(0, 2, 1), wire(1, 3, 1), wire(2, 3, 5), wire(2, 4, 1), wire(4, 3, 1)});
  CHECK(two.route(0, 1) == std::vector<Lane>{0, 6, 8, 3});
  CHECK(two.route(1, 0) == std::vector<Lane>{2, 9, 7, 1});
  CHECK(two.route(0, 0) == std::vector<Lane>{});
  CHECK(latency_of(two, *two.route(0, 1)) == 4_s);
}

TEST_CASE("graph: devices forward nothing", "[network][graph]") {
  const NetworkGraph chain(3, 0, {wire(0, 1, 1), wire(1, 2, 1)});
  CHECK(chain.route(0, 1) == std::vector<Lane>{0});
  CHECK_FALSE(chain.route(0, 2));
}

TEST_CASE("graph: a direct link is taken where it is no longer", "[network][graph]") {
  const NetworkGraph far(2, 1, {wire(0, 2, 1), wire(1, 2, 1), wire(0, 1, 3)});
  CHECK(far.route(0, 1) == std::vector<Lane>{0, 3});
  const NetworkGraph near(2, 1, {wire(0, 2, 1), wire(1, 2, 1), wire(0, 1, 2)});
  CHECK(near.route(0, 1) == std::vector<Lane>{4});
}

TEST_CASE("graph: routes follow lanes from end to end", "[network][graph]") {
  CHECK(rc::check([] {
    const NetworkGraph any = any::small_graph();
    for (std::uint32_t from = 0; from < any.devices(); ++from) {
      for (std::uint32_t to = 0; to < any.devices(); ++to) {
        const auto there = any.route(from, to), back = any.route(to, from);
        RC_ASSERT(there.has_value() == back.has_value());
        if (!there) continue;
        std::uint32_t at = from;
        for (const Lane lane : *there) {
          const NetworkLink& link = any.link(lane);
          RC_ASSERT(at == (lane % 2 == 0 ? link.a : link.b));
          at = lane % 2 == 0 ? link.b : link.a;
          RC_ASSERT(at == to || at >= any.devices());
        }
        RC_ASSERT(at == to);
        RC_ASSERT(latency_of(any, *there) == latency_of(any, *back));
        RC_ASSERT(there->size() == back->size());
      }
    }
  }));
}

// Leaves of four ports, four spines: 16 devices behind four leaves.
NetworkGraph tree(Spread spread) {
  std::vector<NetworkLink> links;
  for (std::uint32_t i = 0; i < 16; ++i) links.push_back(wire(i, 16 + i / 4, 1));
  for (std::uint32_t leaf = 0; leaf < 4; ++leaf) {
    for (std::uint32_t spine = 0; spine < 4; ++spine)
      links.push_back(wire(16 + leaf, 20 + spine, 1));
  }
  return NetworkGraph(16, 8, links, spread);
}

TEST_CASE("graph: by destination, shifts of a fat tree never meet", "[network][graph]") {
  const NetworkGraph made = tree(Spread::ByDestination);
  for (std::uint32_t shift = 1; shift < 16; ++shift) {
    std::set<Lane> seen;
    std::size_t lanes = 0;
    for (std::uint32_t from = 0; from < 16; ++from) {
      const auto route = made.route(from, (from + shift) % 16);
      seen.insert(route->begin(), route->end());
      lanes += route->size();
    }
    CHECK(seen.size() == lanes);
  }
}

TEST_CASE("graph: hashed, they take ways that are as short, and some meet", "[network][graph]") {
  const NetworkGraph made = tree(Spread::Hashed), sorted = tree(Spread::ByDestination);
  std::set<Lane> seen;
  std::size_t lanes = 0;
  for (std::uint32_t from = 0; from < 16; ++from) {
    const auto route = made.route(from, (from + 4) % 16);
    CHECK(route->size() == sorted.route(from, (from + 4) % 16)->size());
    seen.insert(route->begin(), route->end());
    lanes += route->size();
  }
  CHECK(seen.size() < lanes);
}

TEST_CASE("graph: one way alone is the same there and back", "[network][graph]") {
  for (const auto shape : {ScaleupShape::Switched, ScaleupShape::FullMesh}) {
    ClusterNetworkSpec spec = kNetworkKinds[0].spec(16);
    spec.groups[0].shape = shape;
    const ClusterNetwork network(spec);
    for (std::uint32_t i = 0; i < 16; ++i) {
      for (std::uint32_t j = 0; j < 16; ++j) {
        auto back = *network.graph().route(j, i);
        std::reverse(back.begin(), back.end());
        for (Lane& lane : back) lane ^= 1U;
        CHECK(network.graph().route(i, j) == back);
      }
    }
  }
}

}  // namespace
}  // namespace chokepoint
