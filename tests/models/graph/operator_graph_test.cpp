#include "models/graph/operator_graph.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/models/graph/random_graphs.hpp"

namespace chokepoint {
namespace {

OperatorGraph chain_of(std::vector<std::vector<std::uint32_t>> after) {
  OperatorGraph graph;
  for (auto& before : after) {
    Operator one;
    one.id = graph.operators.size();
    one.after = std::move(before);
    graph.operators.push_back(std::move(one));
  }
  return graph;
}

TEST_CASE("operator graph: in its order everything comes after what it waits for", "[graph]") {
  CHECK(rc::check([] {
    const OperatorGraph graph = random_graph(true);
    const auto order = order_of(graph);
    RC_ASSERT(order.has_value());
    RC_ASSERT(order->size() == graph.operators.size());
    std::vector<std::size_t> at(order->size());
    for (std::size_t i = 0; i < order->size(); ++i) at[(*order)[i]] = i;
    for (std::size_t i = 0; i < at.size(); ++i) {
      for (const auto before : graph.operators[i].after) RC_ASSERT(at[before] < at[i]);
    }
    RC_ASSERT(waiting_circle(graph).empty());
  }));
}

TEST_CASE("operator graph: who waits for each other is told", "[graph]") {
  const OperatorGraph circle = chain_of({{}, {3}, {1}, {2}});
  CHECK_FALSE(order_of(circle));
  CHECK(waiting_circle(circle) == std::vector<std::uint32_t>{1, 2, 3});
  const OperatorGraph itself = chain_of({{}, {0, 1}});
  CHECK_FALSE(order_of(itself));
  CHECK(waiting_circle(itself) == std::vector<std::uint32_t>{1});
}

TEST_CASE("operator graph: the longest chain is that of the slowest who wait for each other",
          "[graph]") {
  const OperatorGraph diamond = chain_of({{}, {0}, {0}, {1, 2}, {}});
  CHECK(longest_chain(diamond, {1_s, 2_s, 5_s, 1_s, 6_s}) == 7_s);
  CHECK(longest_chain(diamond, {1_s, 2_s, 5_s, 1_s, 9_s}) == 9_s);
  CHECK(longest_chain({}, {}) == 0_s);
}

}  // namespace
}  // namespace chokepoint
