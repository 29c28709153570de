#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/jobs/job_replay.hpp"
#include "tools/print/json_value.hpp"

namespace chokepoint {

/// A change of a cluster, on the clock of a log, for people and programs.
struct StatedJobChange {
  std::string pool, because;
  PoolChangeKind kind = PoolChangeKind::Arrive;
  Milliseconds on = 0;  ///< After the first job of the log comes; below 0: before.
  std::optional<Milliseconds> until, known;
  int nodes = 0;
  bool is_refused = false;
};

/// What of a cluster changes while a log is played.
struct JobChanges {
  std::vector<PoolChange> changes;      ///< Of pools as job_pools() has them.
  std::vector<StatedJobChange> stated;  ///< In order of time, with those that are refused.
};

/// What `cluster` says. Days are those of the log where it has dates; `begins` is the day on which
/// its first job comes instead. Nothing, and a complaint in `found`, where a change is on a day and
/// nobody knows which day it is in the log.
std::optional<JobChanges> job_changes(const Cluster& cluster,
                                      const std::vector<JobPoolFacts>& pools, const JobLog& log,
                                      const std::optional<Date>& begins, Diagnostics& found);

/// Whether a cluster says of anything on which day it is.
bool has_changes_by_day(const Cluster& cluster);

/// A line for each change.
std::string changes_text(const std::string& cluster, const JobChanges& changes);

/// The same for programs.
JsonValue changes_json(const JobChanges& changes);

/// Names of jobs that were never placed, the first few; empty where all were.
std::string never_placed_text(const JobLog& log, const JobReplay& replay);

}  // namespace chokepoint
