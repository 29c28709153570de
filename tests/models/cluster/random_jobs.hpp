#pragma once

#include <rapidcheck.h>

#include <algorithm>

#include "models/cluster/job_queue.hpp"

namespace chokepoint {

/// Up to `most` jobs of up to `devices` devices, that come one after the other and run for seconds;
/// estimates are never below run times; of three priorities and owners.
inline std::vector<RigidJob> random_jobs(int most, int devices) {
  std::vector<RigidJob> jobs;
  Milliseconds submit = 0;
  const int count = *rc::gen::inRange(1, most);
  for (int i = 0; i < count; ++i) {
    submit += *rc::gen::inRange(0, 4) * 1000;
    RigidJob job;
    job.submit = submit;
    job.run = *rc::gen::inRange(0, 20) * 1000;
    job.estimate = job.run + *rc::gen::inRange(0, 3) * *rc::gen::inRange(0, 10) * 1000;
    job.devices = *rc::gen::inRange(1, devices + 1);
    job.priority = *rc::gen::inRange(0, 3);
    job.owner = *rc::gen::inRange<std::uint32_t>(0, 3);
    jobs.push_back(job);
  }
  return jobs;
}

}  // namespace chokepoint
