#include "models/network/bisection.hpp"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/boykov_kolmogorov_max_flow.hpp>
#include <cassert>
#include <limits>
#include <numeric>

namespace chokepoint {
namespace {

using CutTraits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
struct CutVertex {
  boost::default_color_type color = boost::default_color_type::white_color;
  CutTraits::edge_descriptor reached_by;
  long distance = 0;
};
struct CutArc {
  double capacity = 0.0, residual = 0.0;
  CutTraits::edge_descriptor back;
};
using CutGraph =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, CutVertex, CutArc>;

void join(CutGraph& graph, std::size_t a, std::size_t b, double there, double back) {
  const auto out = boost::add_edge(a, b, graph).first, in = boost::add_edge(b, a, graph).first;
  graph[out].capacity = there;
  graph[in].capacity = back;
  graph[out].back = in;
  graph[in].back = out;
}

// A device is two vertices: what it takes in ends at one, what it sends begins at the other. So
// none forwards.
struct CutVertices {
  std::size_t devices, vertices;
  std::size_t sends(std::uint32_t vertex) const { return vertex; }
  std::size_t takes(std::uint32_t vertex) const {
    return vertex < devices ? vertices + vertex : vertex;
  }
  std::size_t source() const { return vertices + devices; }
  std::size_t sink() const { return source() + 1; }
  std::size_t count() const { return sink() + 1; }
};

}  // namespace

NetworkCut least_cut(const NetworkGraph& graph, const std::vector<std::uint32_t>& from,
                     const std::vector<std::uint32_t>& to) {
  assert(!from.empty() && !to.empty());
  constexpr double kEndless = std::numeric_limits<float>::max();
  const CutVertices number{graph.devices(), graph.vertices()};
  CutGraph cut_graph(number.count());
  for (const NetworkLink& link : graph.links()) {
    join(cut_graph, number.sends(link.a), number.takes(link.b), link.bandwidth.value, 0.0);
    join(cut_graph, number.sends(link.b), number.takes(link.a), link.bandwidth.value, 0.0);
  }
  for (const auto device : from)
    join(cut_graph, number.source(), number.sends(device), kEndless, 0.0);
  for (const auto device : to) join(cut_graph, number.takes(device), number.sink(), kEndless, 0.0);
  const double flow = boost::boykov_kolmogorov_max_flow(
      cut_graph, boost::get(&CutArc::capacity, cut_graph), boost::get(&CutArc::residual, cut_graph),
      boost::get(&CutArc::back, cut_graph), boost::get(&CutVertex::reached_by, cut_graph),
      boost::get(&CutVertex::color, cut_graph), boost::get(&CutVertex::distance, cut_graph),
      boost::get(boost::vertex_index, cut_graph), number.source(), number.sink());
  NetworkCut cut{BytesPerSecond{flow}, {}};
  const auto is_near = [&](std::size_t vertex) {
    return cut_graph[vertex].color == boost::default_color_type::black_color;
  };
  for (Lane lane = 0; lane < graph.lanes(); ++lane) {
    const NetworkLink& link = graph.link(lane);
    const bool back = lane % 2 == 1;
    const std::uint32_t a = back ? link.b : link.a, b = back ? link.a : link.b;
    if (is_near(number.sends(a)) && !is_near(number.takes(b))) cut.lanes.push_back(lane);
  }
  return cut;
}

NetworkCut bisection(const NetworkGraph& graph) {
  const std::uint32_t half = graph.devices() / 2;
  assert(half >= 1);
  std::vector<std::uint32_t> lower(half), upper(half);
  std::iota(lower.begin(), lower.end(), 0U);
  std::iota(upper.begin(), upper.end(), graph.devices() - half);
  return least_cut(graph, lower, upper);
}

}  // namespace chokepoint
