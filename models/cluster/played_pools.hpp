#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "models/cluster/device_nodes.hpp"
#include "models/cluster/job_queue.hpp"

namespace chokepoint {

class FailingPools;

/// Later than anything that happens.
inline constexpr Milliseconds kNoMoment = std::numeric_limits<Milliseconds>::max() / 4;

/// What failures do to whoever plays jobs on pools.
class FailureListener {
public:
  virtual ~FailureListener() = default;
  /// A job stops. Whoever hears it gives its devices back.
  virtual void stop(std::uint32_t job) = 0;
  /// A node that nobody holds is down until `back`.
  virtual void went_down(std::uint32_t pool, int node, Milliseconds back) = 0;
  /// It is back, as it was said.
  virtual void came_back(std::uint32_t pool, int node, Milliseconds back) = 0;
};

/// Pools while jobs are played on them: who holds what, what fails, and what was in use for how
/// long.
class PlayedPools {
public:
  /// Nothing is held. `observer` may be null. Requires: pools not empty; all outlive this.
  PlayedPools(const std::vector<JobPool>& pools, std::size_t jobs, const QueueSettings& settings,
              QueueObserver* observer);
  ~PlayedPools();

  Milliseconds now() const { return now_; }
  /// Counts what is in use until `when`. Requires: not before now().
  void go_to(Milliseconds when);
  /// Begins to count at `when`, and nodes to fail. Requires: nothing was counted.
  void begin_at(Milliseconds when);

  std::size_t size() const { return nodes_.size(); }
  int free(std::uint32_t pool) const { return nodes_[pool].free(); }
  int all(std::uint32_t pool) const { return nodes_[pool].all(); }
  /// Devices of nodes that are not down.
  int up(std::uint32_t pool) const { return nodes_[pool].all() - nodes_[pool].down(); }
  bool nothing_is_free() const;

  /// Gives a job devices of a pool; says in how many nodes. Requires: as many are free; it has
  /// none.
  int take(std::uint32_t job, std::uint32_t pool, int devices);
  /// Takes back all that a job holds in a pool.
  void give(std::uint32_t job, std::uint32_t pool, HoldEnd why);

  /// When next a node fails or is back, or a job stops by itself; kNoMoment where nothing does.
  Milliseconds next_failure() const;
  /// What does so now. Says whether anything does.
  bool play_failures(FailureListener& listener);

  const std::vector<PoolUse>& uses() const { return uses_; }

private:
  std::vector<DeviceNodes> nodes_;
  std::vector<std::vector<NodeShare>> shares_;  // By job.
  std::vector<PoolUse> uses_;
  const std::vector<JobPool>& pools_;
  const QueueSettings& settings_;
  QueueObserver* observer_;
  std::unique_ptr<FailingPools> failing_;  // None: nothing fails.
  Milliseconds now_ = 0;
};

/// How long work of `time` at speed 1 lasts on a pool, rounded up.
Milliseconds lasts_on(const JobPool& pool, Milliseconds time);

}  // namespace chokepoint
