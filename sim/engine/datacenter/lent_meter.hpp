#pragma once

#include <vector>

#include "models/world.hpp"

namespace chokepoint {

/// What gangs do on nodes that services lend, by pool, carried on at every change.
class LentMeter {
public:
  /// What came of it since the start.
  struct Use {
    Seconds node_time;   ///< Of lent nodes in gangs.
    Flops flops;         ///< Of training on these.
    int taken_back = 0;  ///< Gangs that stopped since a service needed their nodes.
  };

  explicit LentMeter(std::size_t pools) : meters_(pools) {}

  /// From now on gangs hold so many lent nodes of the pool and train so fast on these.
  void read(PoolId pool, NodeCount borrowed, FlopsPerSecond rate, Seconds now);
  /// A gang of the pool stopped.
  void count(PoolId pool) { ++meters_[pool.value].use.taken_back; }

  Use use(PoolId pool, Seconds now) const;

private:
  struct Meter {
    Use use;
    Seconds read;
    NodeCount borrowed = 0;
    FlopsPerSecond rate;
  };
  std::vector<Meter> meters_;
};

}  // namespace chokepoint
