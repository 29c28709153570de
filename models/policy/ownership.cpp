#include "models/policy/ownership.hpp"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/graph_traits.hpp>
#include <cassert>
#include <cstddef>

namespace chokepoint {
namespace {

// From owner to owned; an edge carries the share.
using Holdings =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property, double>;

Holdings holdings_of(const std::vector<Stake>& stakes, std::size_t orgs) {
  Holdings graph(orgs);
  for (const Stake& stake : stakes) {
    boost::add_edge(stake.owner.value, stake.owned.value, stake.share, graph);
  }
  return graph;
}

}  // namespace

bool reaches(double sum, double share) {
  constexpr double kRounding = 1e-12;
  return sum >= share * (1.0 - kRounding);
}

std::vector<OrgId> owned_by(const std::vector<Stake>& stakes, std::size_t orgs,
                            const std::vector<OrgId>& listed, double share) {
  assert(share > 0.0);
  const Holdings graph = holdings_of(stakes, orgs);
  std::vector<double> held(orgs, 0.0);  // Of each, by listed parties and those they own.
  std::vector<bool> counts(orgs, false);
  std::vector<OrgId> waiting;
  for (const OrgId org : listed) {
    if (!counts[org.value]) waiting.push_back(org);
    counts[org.value] = true;
  }
  const std::vector<bool> is_listed = counts;
  while (!waiting.empty()) {
    const OrgId owner = waiting.back();
    waiting.pop_back();
    for (auto [edge, end] = boost::out_edges(owner.value, graph); edge != end; ++edge) {
      const std::size_t owned = boost::target(*edge, graph);
      held[owned] += graph[*edge];
      if (counts[owned] || !reaches(held[owned], share)) continue;
      counts[owned] = true;
      waiting.push_back(OrgId{static_cast<std::uint32_t>(owned)});
    }
  }
  std::vector<OrgId> result;
  for (std::uint32_t i = 0; i < orgs; ++i) {
    if (counts[i] && !is_listed[i]) result.push_back(OrgId{i});
  }
  return result;
}

}  // namespace chokepoint
