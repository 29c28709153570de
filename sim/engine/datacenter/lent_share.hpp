#pragma once

#include <vector>

#include "models/cluster/lending.hpp"
#include "sim/engine/datacenter/scheduler.hpp"
#include "sim/engine/datacenter/sites.hpp"

namespace chokepoint {

/// A share of a pool that its service lends from: what the service keeps, what of that gangs still
/// held a moment ago, and what of it is in repair, since it broke while a gang held it.
class LentShare {
public:
  /// Refers to all of these.
  LentShare(PoolId pool, const LendingTerms& terms, Sites& sites, Scheduler& scheduler)
      : pool_(pool), terms_(terms), sites_(sites), scheduler_(scheduler) {}

  /// From now on the service needs `needed` of the `held` nodes of its share. What it does not keep
  /// is lent; what it misses is taken back, and gangs stop.
  void keep(double needed, double held, Seconds now);

  /// Nodes that it keeps, those on their way back included.
  double kept() const { return kept_; }
  /// Of them, those that serve at `time`, where nothing else happens.
  double ready(Seconds time) const;
  /// Of them, those that broke in gangs and are not back.
  NodeCount broken() const;
  /// When more get ready, in order; some may have passed.
  std::vector<Seconds> dates() const { return returning_.dates(); }

private:
  PoolId pool_;
  const LendingTerms& terms_;
  Sites& sites_;
  Scheduler& scheduler_;
  ReturningNodes returning_;
  double kept_ = 0.0;
};

}  // namespace chokepoint
