#pragma once

#include <vector>

#include "models/cluster/allocation.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// Whole nodes that a service lends of the `held` nodes of its share, of which demand needs
/// `needed` and `spare_share` stand by beside those; neither need be whole.
///
///   floor(held - needed - spare_share * held), at least 0
///
/// Requires: 0 <= needed <= held, spare_share in [0, 1].
NodeCount nodes_to_lend(double held, double needed, double spare_share);

/// Nodes on their way from gangs back to the service that lent them.
class ReturningNodes {
public:
  /// So many more serve from `ready` on. Requires: no earlier than those before.
  void take_back(NodeCount nodes, Seconds ready);
  /// So many fewer are wanted: those that would be ready last are lent again first.
  void let_go(NodeCount nodes);
  /// Forgets those that are ready.
  void arrive(Seconds now);

  /// Those that do not serve yet at `time`.
  NodeCount missing(Seconds time) const;
  /// When some get ready, in order.
  std::vector<Seconds> dates() const;

private:
  struct Batch {
    NodeCount nodes = 0;
    Seconds ready;
  };
  std::vector<Batch> batches_;  // In order of date.
};

}  // namespace chokepoint
