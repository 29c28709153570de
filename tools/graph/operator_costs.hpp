#pragma once

#include <map>

#include "models/graph/rank_match.hpp"
#include "tools/graph/rank_placement.hpp"

namespace chokepoint {

/// How long operators take on the devices of a cluster.
///
///   computing   sqrt( (operations / (rate of large products * share))^2 + (bytes / stream)^2 ),
///               or as recorded where an operator says neither operations nor bytes
///   host        as recorded
///   collective  the closed forms of models/network over the fabric of its group; between servers
///               reduce-scatter, all-gather and long all-reduces go around one ring, and all but
///               exchanges of all with all are slowed by others that exchange as well
///   message     latency and bytes over the links between both ranks
///
/// What goes into an all-gather is one rank's part of its result, into a gather as well; into all
/// others what each rank has. Products of few rows or little depth attain a share of the rate of
/// large ones; where a trace does not say which, all of it.
class OperatorCosts {
public:
  /// `ranks` is how many there are in all, those that no trace is given of included. Refers to
  /// both. Requires: ranks of all groups below the devices of `placement`, as `ranks`.
  OperatorCosts(const RankPlacement& placement, const RankGroups& groups, int ranks);

  /// With everything that was recorded as recorded where `as_recorded`. Requires: `rank` and the
  /// peer of a message below the devices.
  Seconds time(int rank, const Operator& one, bool as_recorded) const;

private:
  Seconds computing(int rank, const Operator& one) const;
  Seconds collective(const Operator& one) const;
  Seconds message(int rank, const Operator& one) const;

  struct Group {
    Hierarchy fabric;
    double ranks = 1;
  };
  const Group& group_of(const std::string& name) const;

  const RankPlacement& placement_;
  double congestion_ = 1;
  Group all_;
  std::map<std::string, Group> groups_;
};

}  // namespace chokepoint
