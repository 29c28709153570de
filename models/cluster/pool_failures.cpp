#include "models/cluster/pool_failures.hpp"

namespace chokepoint {

PerSecond sum_of(const std::vector<NodeCause>& causes) {
  PerSecond sum;
  for (const NodeCause& cause : causes) sum += cause.each;
  return sum;
}

PerSecond PoolFailures::of_node() const {
  return sum_of(causes);
}

PerSecond PoolFailures::of_domain() const {
  return sum_of(domain_causes);
}

PerSecond PoolFailures::of_switch() const {
  return sum_of(switch_causes);
}

PerSecond PoolFailures::of_job_on(int nodes) const {
  const int domains = (nodes + nodes_per_domain - 1) / nodes_per_domain;
  const int switches = (nodes + nodes_per_switch - 1) / nodes_per_switch;
  return of_node() * nodes + of_domain() * domains + of_switch() * switches + of_job;
}

}  // namespace chokepoint
