#include "models/hardware/node.hpp"

#include <cassert>

namespace chokepoint {

Watts node_power(const NodeSpec& node, double idle_share, double utilization) {
  assert(0.0 <= idle_share && idle_share <= 1.0);
  assert(0.0 <= utilization && utilization <= 1.0);
  return node.full_power.value * (idle_share + (1.0 - idle_share) * utilization);
}

}  // namespace chokepoint
