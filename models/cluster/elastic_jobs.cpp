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

void add_held(const RigidJob& job, Milliseconds held, QueuedRun& run) {
  run.held += held;
  if (job.is_elastic()) run.device_held += static_cast<double>(held) * run.devices;
}

void add_lost(const RigidJob& job, Milliseconds lost, Milliseconds redone, QueuedRun& run) {
  run.lost += lost;
  run.redone += redone;
  if (!job.is_elastic()) return;
  run.device_lost += static_cast<double>(lost) * run.devices;
  run.device_redone += static_cast<double>(redone) * run.devices;
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
