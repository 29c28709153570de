#include "sim/engine/datacenter/lent_share.hpp"

#include <algorithm>

namespace chokepoint {

void LentShare::keep(double needed, double held, Seconds now) {
  returning_.arrive(now);
  const Pool& pool = sites_.pool(pool_);
  const PoolState before = sites_.states()[pool_.value];
  const NodeCount lent = nodes_to_lend(held, needed, terms_.spare_share.value);
  kept_ = held - static_cast<double>(lent);
  scheduler_.lend(pool_, lent);
  if (lent > before.lent_nodes) return returning_.let_go(lent - before.lent_nodes);
  // What no gang holds has the service's processes and weights, and serves at once.
  const NodeCount in_gangs = std::min(borrowed_nodes(pool, before), before.lent_nodes);
  if (in_gangs <= lent) return;
  returning_.take_back(in_gangs - lent, now + terms_.return_delay.value);
  scheduler_.take_back(pool_, terms_);
}

double LentShare::ready(Seconds time) const {
  return std::max(0.0, kept_ - static_cast<double>(returning_.missing(time) + broken()));
}

// Gangs hold no more than is lent: what is held or broken beyond that is broken.
NodeCount LentShare::broken() const {
  const PoolState& state = sites_.states()[pool_.value];
  const NodeCount beyond = borrowed_nodes(sites_.pool(pool_), state) - state.lent_nodes;
  return std::clamp<NodeCount>(beyond, 0, state.down_nodes);
}

}  // namespace chokepoint
