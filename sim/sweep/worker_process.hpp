#pragma once

#include <sys/types.h>

namespace chokepoint {

/// Most workers at a time.
inline constexpr int kMostWorkers = 1'024;

/// fork(), of a worker: it ends with this program, however that ends, and leaves SIGINT, SIGTERM
/// and SIGHUP to it, since a terminal sends them to both. Requires: at most kMostWorkers at a time.
pid_t fork_worker();

/// Waits for the end of `worker`. Its wait status.
int wait_for_worker(pid_t worker);

/// Kills the workers that there are and waits for their ends. Safe in a signal handler.
void stop_workers();

}  // namespace chokepoint
