#include "models/network/topology.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <random>

namespace chokepoint {
namespace {

LinkSpec link(std::uint32_t a, std::uint32_t b, double latency) {
  LinkSpec spec;
  spec.a = PlaceId{a};
  spec.b = PlaceId{b};
  spec.bandwidth.value = 1_GBps;
  spec.latency.value = Seconds{latency};
  return spec;
}

std::vector<std::uint32_t> ids(const std::optional<Route>& route) {
  REQUIRE(route);
  std::vector<std::uint32_t> result;
  for (const LinkId id : *route) result.push_back(id.value);
  return result;
}

using Ids = std::vector<std::uint32_t>;

TEST_CASE("route: least latency, not fewest links", "[network][topology]") {
  const Topology topology(4, {link(0, 3, 10), link(0, 1, 1), link(1, 2, 2), link(3, 2, 3)});
  CHECK(ids(topology.route(PlaceId{0}, PlaceId{3})) == Ids{1, 2, 3});
  CHECK(ids(topology.route(PlaceId{3}, PlaceId{0})) == Ids{3, 2, 1});
  CHECK(ids(topology.route(PlaceId{2}, PlaceId{0})) == Ids{2, 1});
}

TEST_CASE("route: empty to the same place, nothing to an island", "[network][topology]") {
  const Topology topology(3, {link(0, 1, 1)});
  CHECK(ids(topology.route(PlaceId{1}, PlaceId{1})).empty());
  CHECK(ids(topology.route(PlaceId{2}, PlaceId{2})).empty());
  CHECK_FALSE(topology.route(PlaceId{0}, PlaceId{2}));
  CHECK_FALSE(topology.route(PlaceId{2}, PlaceId{0}));
}

TEST_CASE("route: equal latency goes to fewer links", "[network][topology]") {
  const Topology topology(3, {link(0, 1, 1), link(1, 2, 1), link(0, 2, 2)});
  CHECK(ids(topology.route(PlaceId{0}, PlaceId{2})) == Ids{2});
  CHECK(ids(topology.route(PlaceId{2}, PlaceId{0})) == Ids{2});
}

TEST_CASE("route: further ties go to lower link ids", "[network][topology]") {
  // Two ways of two links each; parallel lines between 0 and 1.
  const Topology topology(
      4, {link(2, 3, 1), link(1, 3, 1), link(0, 2, 1), link(0, 1, 1), link(0, 1, 1)});
  CHECK(ids(topology.route(PlaceId{0}, PlaceId{3})) == Ids{2, 0});
  CHECK(ids(topology.route(PlaceId{3}, PlaceId{0})) == Ids{0, 2});
  CHECK(ids(topology.route(PlaceId{1}, PlaceId{0})) == Ids{3});
}

struct RandomNetwork {
  std::size_t places;
  std::vector<LinkSpec> links;
};

RandomNetwork any_network(std::mt19937_64& draw) {
  RandomNetwork network{2 + draw() % 7, {}};
  const auto links = draw() % 14;
  for (std::size_t i = 0; i < links; ++i) {
    const auto a = static_cast<std::uint32_t>(draw() % network.places);
    const auto b = static_cast<std::uint32_t>(draw() % network.places);
    if (a != b) network.links.push_back(link(a, b, 1.0 + static_cast<double>(draw() % 4)));
  }
  return network;
}

// Least latency between all pairs by Floyd and Warshall's algorithm: another way to the same.
std::vector<std::vector<double>> latencies(const RandomNetwork& network) {
  const std::size_t n = network.places;
  std::vector<std::vector<double>> d(
      n, std::vector<double>(n, std::numeric_limits<double>::infinity()));
  for (std::size_t i = 0; i < n; ++i) d[i][i] = 0.0;
  for (const auto& l : network.links) {
    const double latency = std::min(d[l.a.value][l.b.value], l.latency.value.value);
    d[l.a.value][l.b.value] = d[l.b.value][l.a.value] = latency;
  }
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) d[i][j] = std::min(d[i][j], d[i][k] + d[k][j]);
    }
  }
  return d;
}

TEST_CASE("route: connected, and as short as another algorithm finds", "[network][topology]") {
  std::mt19937_64 draw{3};
  for (int n = 0; n < 300; ++n) {
    const RandomNetwork network = any_network(draw);
    const Topology topology(network.places, network.links);
    const auto expected = latencies(network);
    for (std::uint32_t from = 0; from < network.places; ++from) {
      for (std::uint32_t to = 0; to < network.places; ++to) {
        const auto route = topology.route(PlaceId{from}, PlaceId{to});
        REQUIRE(route.has_value() ==
                (expected[from][to] < std::numeric_limits<double>::infinity()));
        if (!route) continue;
        PlaceId at{from};
        double latency = 0.0;
        for (const LinkId id : *route) {
          const LinkSpec& l = network.links[id.value];
          REQUIRE((l.a == at || l.b == at));
          at = l.a == at ? l.b : l.a;
          latency += l.latency.value.value;
        }
        REQUIRE(at == PlaceId{to});
        REQUIRE(latency == expected[from][to]);
      }
    }
  }
}

}  // namespace
}  // namespace chokepoint
