#include "models/cluster/lending.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {

NodeCount nodes_to_lend(double held, double needed, double spare_share) {
  assert(needed >= 0.0 && needed <= held && spare_share >= 0.0 && spare_share <= 1.0);
  constexpr double kRounding = 1e-9;  // 10 - 0.7 * 10 is a little below 3.
  return static_cast<NodeCount>(
      std::max(0.0, std::floor(held - needed - spare_share * held + kRounding)));
}

void ReturningNodes::take_back(NodeCount nodes, Seconds ready) {
  assert(nodes >= 0 && (batches_.empty() || batches_.back().ready <= ready));
  if (nodes > 0) batches_.push_back({nodes, ready});
}

void ReturningNodes::let_go(NodeCount nodes) {
  while (nodes > 0 && !batches_.empty()) {
    const NodeCount gone = std::min(nodes, batches_.back().nodes);
    batches_.back().nodes -= gone;
    nodes -= gone;
    if (batches_.back().nodes == 0) batches_.pop_back();
  }
}

void ReturningNodes::arrive(Seconds now) {
  std::erase_if(batches_, [now](const Batch& batch) { return batch.ready <= now; });
}

NodeCount ReturningNodes::missing(Seconds time) const {
  NodeCount missing = 0;
  for (const Batch& batch : batches_) missing += batch.ready > time ? batch.nodes : 0;
  return missing;
}

std::vector<Seconds> ReturningNodes::dates() const {
  std::vector<Seconds> dates;
  for (const Batch& batch : batches_) dates.push_back(batch.ready);
  return dates;
}

}  // namespace chokepoint
