#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/trace/writer.hpp"
#include "tools/jobs/job_replay.hpp"

namespace chokepoint {

/// What a replay of jobs does, as a trace: below each pool its nodes, with a slice for every
/// stretch of time in which a job holds devices of it (level `job`), and for every one in which it
/// is down (level `site`); one that is away is down by what took it away. It is written as it
/// happens. The scenario in it is the cluster; its first day is when the first job comes.
class JobTrace : public QueueObserver {
public:
  /// Refers to all but `log`. Throws std::runtime_error, naming the file, where it cannot be
  /// written.
  JobTrace(const std::filesystem::path& file, const Cluster& cluster,
           const std::vector<JobPoolFacts>& pools, const JobLog& log, std::uint64_t seed,
           TraceLevel level);

  void took(std::int64_t at, std::uint32_t job, std::uint32_t pool,
            const std::vector<NodeShare>& shares) override;
  void gave(std::int64_t at, std::uint32_t job, std::uint32_t pool,
            const std::vector<NodeShare>& shares, HoldEnd why) override;
  void failed(std::int64_t at, std::uint32_t pool, int node, const std::string& cause,
              bool is_broken) override;
  void returned(std::int64_t at, std::uint32_t pool, int node) override;
  void left(std::int64_t at, std::uint32_t pool, int node, const std::string& because) override;
  void came(std::int64_t at, std::uint32_t pool, int node) override;

  /// Writes the end of the replay. Throws as the writer does.
  void close(Milliseconds ends);
  std::uint64_t fingerprint() const { return writer_.fingerprint(); }
  std::uint64_t facts() const { return writer_.facts(); }

private:
  Seconds time_of(Milliseconds at) const;

  std::vector<PoolId> pools_;
  std::vector<std::string> names_;  ///< Of played jobs, none twice.
  Milliseconds begins_ = 0;
  TraceLevel level_;
  TraceWriter writer_;
};

}  // namespace chokepoint
