#pragma once

#include <cstdint>
#include <vector>

#include "models/cluster/device_nodes.hpp"
#include "models/cluster/job_queue.hpp"

namespace chokepoint {

/// Pools while jobs are played on them: who holds what, and what was in use for how long.
class PlayedPools {
public:
  /// Nothing is held. Requires: pools not empty; they outlive this.
  PlayedPools(const std::vector<JobPool>& pools, std::size_t jobs);

  Milliseconds now() const { return now_; }
  /// Counts what is in use until `when`. Requires: not before now().
  void go_to(Milliseconds when);
  /// Begins to count at `when`. Requires: nothing was counted.
  void begin_at(Milliseconds when) { now_ = when; }

  std::size_t size() const { return nodes_.size(); }
  int free(std::uint32_t pool) const { return nodes_[pool].free(); }
  int all(std::uint32_t pool) const { return nodes_[pool].all(); }
  bool nothing_is_free() const;

  /// Gives a job devices of a pool; says in how many nodes. Requires: as many are free; it has
  /// none.
  int take(std::uint32_t job, std::uint32_t pool, int devices);
  /// Takes back all that a job holds in a pool.
  void give(std::uint32_t job, std::uint32_t pool);

  const std::vector<PoolUse>& uses() const { return uses_; }

private:
  std::vector<DeviceNodes> nodes_;
  std::vector<std::vector<NodeShare>> shares_;  // By job.
  std::vector<PoolUse> uses_;
  Milliseconds now_ = 0;
};

/// How long work of `time` at speed 1 lasts on a pool, rounded up.
Milliseconds lasts_on(const JobPool& pool, Milliseconds time);

}  // namespace chokepoint
