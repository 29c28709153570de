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
  std::vector<NodeCause> switch_causes;  ///< Each of a switch; all nodes below are out of reach.
  int nodes_per_switch = 4;              ///< >= 1; the first so many nodes are below the first.
  PerSecond of_job;                      ///< What stops a job whatever its size.
  /// Weibull shape of the time from which a node is up until it fails alone: > 0; 1: exponential.
  double shape = 1;
  Seconds noticed;        ///< A node that failed is down for so long at least, and,
  Seconds repair;         ///< where it is broken, for a repair of this mean, exponential;
  Seconds switch_repair;  ///< below a broken switch all nodes for one of this mean.

  PerSecond of_node() const;
  PerSecond of_domain() const;
  PerSecond of_switch() const;
  /// How often a job stops that has all devices of so many nodes, in as few domains and below as
  /// few switches as hold them.
  PerSecond of_job_on(int nodes) const;
};

}  // namespace chokepoint
