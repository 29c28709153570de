#pragma once

#include <string>
#include <vector>

#include "models/training/run/reliability.hpp"

namespace chokepoint {

/// A reason for which nodes fail.
struct NodeCause {
  std::string name;
  PerSecond each;           ///< Of one node, or of one domain.
  double broken_share = 0;  ///< After which a node has to be repaired.
};

/// Of all together.
PerSecond sum_of(const std::vector<NodeCause>& causes);

/// How nodes of a pool fail and come back. Unless said otherwise nothing fails.
struct PoolFailures {
  std::vector<NodeCause> causes;         ///< Each of one node alone.
  std::vector<NodeCause> domain_causes;  ///< Each of a domain, all of whose nodes fail.
  int nodes_per_domain = 4;              ///< >= 1; the first so many nodes are the first domain.
  PerSecond of_job;                      ///< What stops a job whatever its size.
  /// Weibull shape of the time from which a node is up until it fails alone: > 0; 1: exponential.
  double shape = 1;
  Seconds noticed;  ///< A node that failed is down for so long at least, and,
  Seconds repair;   ///< where it is broken, for a repair of this mean, exponential.

  PerSecond of_node() const;
  PerSecond of_domain() const;
  /// How often a job stops that has all devices of so many nodes, in as few domains as hold them.
  PerSecond of_job_on(int nodes) const;
};

}  // namespace chokepoint
