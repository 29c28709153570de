#pragma once

#include <vector>

#include "models/cluster/job_progress.hpp"
#include "models/cluster/job_queue.hpp"

namespace chokepoint {

/// How fast an elastic job works on `devices`, over the number that its run time is of: s of its
/// time does not shrink with devices. With n of them, and d asked:
///
///   n / (s * n + (1 - s) * d)
///
/// 1 where n is d. Rises with n, to d / (s * n) at most. Requires: devices >= 1.
/// Source: Amdahl, AFIPS 1967.
double elastic_rate(const RigidJob& job, int devices);

/// `pool` as a job sees it that has `devices` there: faster or slower than those that were asked.
JobPool pool_for(const RigidJob& job, const JobPool& pool, int devices);

/// As saved_work(), of a job that has `devices`.
SavedWork saved_work_on(const RigidJob& job, int devices, const JobPool& pool,
                        const QueueSettings& settings, std::size_t pool_at);

/// The most devices from `least` to `most` of which `room(n)`, what is free for a job that takes n,
/// is at least as many; 0 where there are none. Of a room that does not shrink as n rises.
template <typename Room>
int most_that_fit(int least, int most, const Room& room) {
  for (int devices = most; devices >= least;) {
    const int free = room(devices);
    if (free >= devices) return devices;
    devices = free;  // With fewer it ends later, and finds no more.
  }
  return 0;
}

/// Begins to count what jobs do: they ask for what they ask for.
void begin_counting(const std::vector<RigidJob>& jobs, PlayedQueue& played);
/// Counts that a job held its devices, or lost so much of that time, of which it does `redone`
/// again. Requires: its run in `played` says how many it had.
void add_held(std::uint32_t job, Milliseconds held, PlayedQueue& played);
void add_lost(std::uint32_t job, Milliseconds lost, Milliseconds redone, PlayedQueue& played);

/// Whether a policy gives elastic jobs what is free: Fifo, ShortestJob, Easy, Priority, FairShare.
/// To the others all jobs are rigid.
bool fits_jobs_to_room(QueuePolicy policy);

bool some_are_elastic(const std::vector<RigidJob>& jobs);
/// The same jobs, which take what they asked for and nothing else.
std::vector<RigidJob> made_rigid(std::vector<RigidJob> jobs);

}  // namespace chokepoint
