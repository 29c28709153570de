#include "models/network/topology.hpp"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <cassert>
#include <functional>
#include <limits>
#include <utility>

namespace chokepoint {
namespace {

// Compared in this order.
struct Distance {
  double latency_s = 0.0;
  int links = 0;
  auto operator<=>(const Distance&) const = default;
};

constexpr Distance kUnreachable{std::numeric_limits<double>::infinity(),
                                std::numeric_limits<int>::max()};

struct Join {
  Distance operator()(const Distance& a, const Distance& b) const {
    return {a.latency_s + b.latency_s, a.links + b.links};
  }
};

using Graph =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property, LinkId>;

Graph graph_of(std::size_t places, const std::vector<LinkSpec>& links) {
  Graph graph(places);
  for (std::uint32_t i = 0; i < links.size(); ++i) {
    boost::add_edge(links[i].a.value, links[i].b.value, LinkId{i}, graph);
  }
  return graph;
}

Distance length(const LinkSpec& link) {
  return {link.latency.value / Seconds{1.0}, 1};
}

// Distance of every place from `origin`; the same the other way, since links have no direction.
std::vector<Distance> distances(const Graph& graph, const std::vector<LinkSpec>& links,
                                PlaceId origin) {
  std::vector<Distance> result(boost::num_vertices(graph));
  const auto weight = boost::make_function_property_map<Graph::edge_descriptor>(
      [&](const Graph::edge_descriptor& edge) { return length(links[graph[edge].value]); });
  const auto index = boost::get(boost::vertex_index, graph);
  boost::dijkstra_shortest_paths(
      graph, boost::vertex(origin.value, graph),
      boost::weight_map(weight)
          .distance_map(boost::make_iterator_property_map(result.begin(), index))
          .distance_compare(std::less<>{})
          .distance_combine(Join{})
          .distance_inf(kUnreachable)
          .distance_zero(Distance{}));
  return result;
}

// The lowest link of those that start a shortest path from `place`, and the place behind it.
std::pair<LinkId, std::size_t> first_step(const Graph& graph, const std::vector<LinkSpec>& links,
                                          const std::vector<Distance>& to_go, std::size_t place) {
  std::optional<std::pair<LinkId, std::size_t>> best;
  for (const auto& edge : boost::make_iterator_range(boost::out_edges(place, graph))) {
    const LinkId link = graph[edge];
    const std::size_t next = boost::target(edge, graph);
    // Exact: Dijkstra's algorithm made the left side by this very addition.
    const bool is_shortest = to_go[place] == Join{}(to_go[next], length(links[link.value]));
    if (is_shortest && (!best || link < best->first)) best = {link, next};
  }
  assert(best);
  return *best;
}

}  // namespace

Topology::Topology(std::size_t places, std::vector<LinkSpec> links)
    : places_(places), links_(std::move(links)) {
  for ([[maybe_unused]] const auto& link : links_) {
    assert(link.a.value < places_ && link.b.value < places_);
    assert(link.latency.value > Seconds{} && link.bandwidth.value > BytesPerSecond{});
  }
}

std::optional<Route> Topology::route(PlaceId from, PlaceId to) const {
  assert(from.value < places_ && to.value < places_);
  const Graph graph = graph_of(places_, links_);
  const auto to_go = distances(graph, links_, to);
  if (to_go[from.value] == kUnreachable) return std::nullopt;
  Route route;
  for (std::size_t place = from.value; place != to.value;) {
    const auto [link, next] = first_step(graph, links_, to_go, place);
    route.push_back(link);
    place = next;
  }
  return route;
}

}  // namespace chokepoint
