#pragma once

#include "tools/jobs/job_replay.hpp"

namespace chokepoint {

/// One node after the other is filled: 16, 8 and 4 devices, and 32 that nobody has.
inline JobLog small_jobs() {
  JobLog log;
  log.jobs = {{0, 100'000, 100'000, 16},
              {10'000, 50'000, 50'000, 8},
              {20'000, 10'000, 10'000, 4},
              {30'000, 10'000, 10'000, 32}};
  log.ids = {"a", "b", "c", "d"};
  log.owners = {"lab"};
  return log;
}

/// Two nodes of eight devices that draw 1,000 W, 300 W when idle, and cost 10,000 dollars each.
inline std::vector<JobPoolFacts> two_node_pool() {
  return {{"pod/gpu", "gpu", {2, 8, 1.0}, Watts{1000}, Watts{300}, Usd{10'000}}};
}

}  // namespace chokepoint
