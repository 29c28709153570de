#include "models/cluster/elastic_jobs.hpp"

#include <algorithm>

namespace chokepoint {

double elastic_rate(const RigidJob& job, int devices) {
  if (devices == job.devices) return 1;
  const double parallel = (1 - job.serial_share) * job.devices;
  return devices / (job.serial_share * devices + parallel);
}

JobPool pool_for(const RigidJob& job, const JobPool& pool, int devices) {
  JobPool seen = pool;
  seen.speed *= elastic_rate(job, devices);
  return seen;
}

SavedWork saved_work_on(const RigidJob& job, int devices, const JobPool& pool,
                        const QueueSettings& settings, std::size_t pool_at) {
  if (devices == job.devices) return saved_work(job, pool, settings, pool_at);
  RigidJob sized = job;
  sized.devices = devices;
  return saved_work(sized, pool_for(job, pool, devices), settings, pool_at);
}

void begin_counting(const std::vector<RigidJob>& jobs, PlayedQueue& played) {
  bool some = false;  // Found on the way: of a million jobs each pass takes time.
  played.jobs.reserve(jobs.size());
  for (const RigidJob& job : jobs) {
    played.jobs.emplace_back().devices = job.devices;
    some = some || job.is_elastic();
  }
  if (some) played.elastic.resize(jobs.size());
}

void add_held(std::uint32_t job, Milliseconds held, PlayedQueue& played) {
  QueuedRun& run = played.jobs[job];
  run.held += held;
  if (played.elastic.empty()) return;
  played.elastic[job].held += static_cast<double>(held) * run.devices;
}

void add_lost(std::uint32_t job, Milliseconds lost, Milliseconds redone, PlayedQueue& played) {
  QueuedRun& run = played.jobs[job];
  run.lost += lost;
  run.redone += redone;
  if (played.elastic.empty()) return;
  played.elastic[job].lost += static_cast<double>(lost) * run.devices;
  played.elastic[job].redone += static_cast<double>(redone) * run.devices;
}

bool fits_jobs_to_room(QueuePolicy policy) {
  switch (policy) {
    case QueuePolicy::Fifo:
    case QueuePolicy::ShortestJob:
    case QueuePolicy::Easy:
    case QueuePolicy::Priority:
    case QueuePolicy::FairShare:
      return true;
    case QueuePolicy::Conservative:
    case QueuePolicy::Preemptive:
    case QueuePolicy::LeastService:
      break;
  }
  return false;
}

bool some_are_elastic(const std::vector<RigidJob>& jobs) {
  return std::ranges::any_of(jobs, &RigidJob::is_elastic);
}

std::vector<RigidJob> made_rigid(std::vector<RigidJob> jobs) {
  for (RigidJob& job : jobs) job.min_devices = job.max_devices = 0;
  return jobs;
}

}  // namespace chokepoint
