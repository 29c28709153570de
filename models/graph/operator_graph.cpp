#include "models/graph/operator_graph.hpp"

#include <algorithm>
#include <array>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>
#include <cassert>
#include <iterator>

namespace chokepoint {
namespace {

using Waiting = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

// An edge from each operator to each that it waits for.
Waiting waiting_of(const OperatorGraph& graph) {
  Waiting waiting(graph.operators.size());
  for (std::size_t i = 0; i < graph.operators.size(); ++i) {
    for (const std::uint32_t before : graph.operators[i].after) {
      assert(before < graph.operators.size());
      boost::add_edge(i, before, waiting);
    }
  }
  return waiting;
}

bool waits_for_itself(const OperatorGraph& graph, std::uint32_t at) {
  const auto& after = graph.operators[at].after;
  return std::find(after.begin(), after.end(), at) != after.end();
}

}  // namespace

std::string_view name(OperatorKind kind) {
  constexpr std::array<std::string_view, kOperatorKinds> kNames = {
      "none", "compute", "memory", "host", "collective", "send", "receive"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view name(ExchangeKind kind) {
  constexpr std::array<std::string_view, 9> kNames = {"all-reduce", "reduce",         "all-gather",
                                                      "gather",     "scatter",        "broadcast",
                                                      "all-to-all", "reduce-scatter", "barrier"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::optional<std::vector<std::uint32_t>> order_of(const OperatorGraph& graph) {
  std::vector<std::uint32_t> order;
  order.reserve(graph.operators.size());
  try {
    // Ends with what others wait for first, which is the order in which they run.
    const Waiting waiting = waiting_of(graph);
    boost::topological_sort(waiting, std::back_inserter(order));
  } catch (const boost::not_a_dag&) {
    return std::nullopt;
  }
  return order;
}

std::vector<std::uint32_t> waiting_circle(const OperatorGraph& graph) {
  const Waiting waiting = waiting_of(graph);
  std::vector<int> part(graph.operators.size());
  const int parts = boost::strong_components(
      waiting, boost::make_iterator_property_map(part.begin(), get(boost::vertex_index, waiting)));
  std::vector<int> sizes(static_cast<std::size_t>(parts), 0);
  for (const int of : part) ++sizes[static_cast<std::size_t>(of)];
  for (std::uint32_t i = 0; i < part.size(); ++i) {
    if (sizes[static_cast<std::size_t>(part[i])] == 1 && !waits_for_itself(graph, i)) continue;
    std::vector<std::uint32_t> circle;
    for (std::uint32_t j = i; j < part.size(); ++j) {
      if (part[j] == part[i]) circle.push_back(j);
    }
    return circle;
  }
  return {};
}

Seconds longest_chain(const OperatorGraph& graph, const std::vector<Seconds>& times) {
  assert(times.size() == graph.operators.size());
  const auto order = order_of(graph);
  assert(order);
  std::vector<Seconds> ends(times.size());
  Seconds longest;
  for (const std::uint32_t at : *order) {
    Seconds begins;
    for (const std::uint32_t before : graph.operators[at].after) {
      begins = std::max(begins, ends[before]);
    }
    ends[at] = begins + times[at];
    longest = std::max(longest, ends[at]);
  }
  return longest;
}

}  // namespace chokepoint
