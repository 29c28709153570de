#pragma once

#include <string>
#include <vector>

#include "tools/jobs/job_changes.hpp"
#include "tools/jobs/job_replay.hpp"
#include "tools/print/json_value.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

/// A cluster with its pools, and a replay for each policy.
struct JobsOnCluster {
  std::string cluster;
  std::vector<JobPoolFacts> pools;
  std::vector<JobReplay> replays;
  std::string failures = "";  ///< How nodes fail, for people; empty: they do not.
  JobChanges changes = {};
};

/// The answer for people: what the log holds and what of it was left out, pools, and figures with a
/// column for each cluster and policy.
std::string jobs_text(const JobLog& log, const std::vector<JobsOnCluster>& answers);

/// The same for programs, schema "chokepoint.replay.jobs/1".
JsonValue jobs_json(const JobLog& log, const std::vector<JobsOnCluster>& answers);

/// What jobs_text() shows of every replay, for files: a row for each figure, a column for each
/// policy, with its cluster where there are several.
Table job_figures_table(const std::vector<JobsOnCluster>& answers);

/// By how many devices jobs of a replay need: how long they had them, what stopped them, and the
/// time to failure. Requires: it had failures.
Table failures_by_size(const JobLog& log, const JobReplay& replay);

/// Every job that was played: when it was submitted, promised, started and ended, and where, and
/// what failures did to it; where nodes come and go, whether it was never placed.
Table job_table(const JobLog& log, const std::vector<JobsOnCluster>& answers);

}  // namespace chokepoint
