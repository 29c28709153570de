#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tools/jobs/job_replay.hpp"

namespace chokepoint {

/// What of failures was asked; the rest is as the cluster or the catalogue says.
struct FailureQuestion {
  double factor = 1;  ///< On all rates, >= 0.
  /// What stops a job whatever its size, as well: its software. A log has such ends already.
  bool with_software = false;
  std::uint64_t seed = 1;
  std::optional<double>
      checkpoint_minutes;  ///< Of work between checkpoints; else Young and Daly's.
  std::optional<double> checkpoint_seconds, restart_seconds;
};

/// How pools fail, and jobs go on.
struct JobFailures {
  std::vector<PoolFailures> pools;
  std::vector<std::string> names;  ///< By pool: of the Reliability that says it.
  std::string recovery;            ///< Name of the Recovery.
  Seconds checkpoint, restart;     ///< What each takes of a job's time.
};

/// How `pools` of `cluster` fail: by reliabilities and the first recovery of the cluster where it
/// states any, else by those of the catalogue. Failures of devices, servers and cables are those of
/// a node; a checkpoint holds all memory of a job's devices, copied as fast as the recovery says,
/// and is read from storage before the job goes on. Of pools that differ the longest times hold.
/// Nothing, and a complaint in `found`, where nobody says how a pool fails.
std::optional<JobFailures> job_failures(const Cluster& cluster, const TrainingWorld& world,
                                        const std::vector<JobPoolFacts>& pools,
                                        const FailureQuestion& asked, Diagnostics& found);

/// `settings` with that.
QueueSettings with_failures(QueueSettings settings, const JobFailures& failures,
                            const FailureQuestion& asked);

/// The same for people.
std::string failures_line(const JobFailures& failures, const FailureQuestion& asked);

}  // namespace chokepoint
