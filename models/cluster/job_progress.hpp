#pragma once

#include "models/cluster/job_queue.hpp"

namespace chokepoint {

/// How a job saves its work while it runs.
struct SavedWork {
  double every = 0;       ///< Of its work at speed 1, in milliseconds; 0: it does not.
  Milliseconds cost = 0;  ///< For which it holds devices each time and does nothing else.
};

/// How the work of a job is saved on a pool: as `settings` say, or at the interval of Young and
/// Daly for as much as fails of so many nodes.
SavedWork saved_work(const RigidJob& job, const JobPool& pool, const QueueSettings& settings,
                     std::size_t pool_at);

/// For how long a job holds devices of `speed` for `left` of its work, rounded up. It saves nothing
/// at its end.
Milliseconds time_for(double left, double speed, const SavedWork& saving);

/// What a job did of its work.
struct ReachedWork {
  double done = 0;          ///< At speed 1, in milliseconds,
  double saved = 0;         ///< and what of that a checkpoint holds.
  Milliseconds saving = 0;  ///< How long it took to save it.
};

/// In `worked`, on devices of `speed`, with `left` of its work to do.
ReachedWork reached_in(Milliseconds worked, double left, double speed, const SavedWork& saving);

}  // namespace chokepoint
