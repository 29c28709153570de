#include "tools/jobs/job_trace.hpp"

#include <unordered_map>

#include "tools/console/manifest.hpp"

namespace chokepoint {
namespace {

constexpr const char* kFirstDay = "2000-01-01";  // Replays have no date of their own.
constexpr const char* kLastDay = "2049-12-31";
constexpr double kSecondsOfMillisecond = 1e-3;

pb::Manifest cluster_manifest(const Cluster& cluster, std::uint64_t seed, TraceLevel level) {
  Composed composed = cluster.composed;
  composed.scenario.set_start(kFirstDay);
  composed.scenario.set_end(kLastDay);
  composed.scenario.set_seed(seed);
  return manifest_of(composed, seed, level, cluster.file.parent_path());
}

// A name that a log has twice has the place in the log behind it.
std::vector<std::string> names_of(const JobLog& log, const std::vector<std::size_t>& kept) {
  std::unordered_map<std::string_view, int> times;
  for (const std::size_t i : kept) ++times[log.ids[i]];
  std::vector<std::string> names;
  names.reserve(kept.size());
  for (const std::size_t i : kept) {
    names.push_back(log.ids[i]);
    if (times[log.ids[i]] > 1) names.back() += "#" + std::to_string(i + 1);
  }
  return names;
}

}  // namespace

JobTrace::JobTrace(const std::filesystem::path& file, const Cluster& cluster,
                   const std::vector<JobPoolFacts>& pools, const JobLog& log, std::uint64_t seed,
                   TraceLevel level)
    : level_(level), writer_(file, cluster_manifest(cluster, seed, level), cluster.world, level) {
  for (const JobPoolFacts& pool : pools) pools_.push_back(pool.id);
  const std::vector<std::size_t> kept = kept_jobs(log, pools);
  names_ = names_of(log, kept);
  if (!kept.empty()) begins_ = log.jobs[kept.front()].submit;
}

Seconds JobTrace::time_of(Milliseconds at) const {
  return Seconds{static_cast<double>(at - begins_) * kSecondsOfMillisecond};
}

void JobTrace::took(std::int64_t at, std::uint32_t job, std::uint32_t pool,
                    const std::vector<NodeShare>& shares) {
  if (level_ < TraceLevel::Job) return;
  // A part counts as a device: facts of who holds a node have whole ones.
  const auto whole = [](const NodeShare& share) {
    return share.devices + (share.part > 0 ? 1 : 0);
  };
  int all = 0;
  for (const NodeShare& share : shares) all += whole(share);
  for (const NodeShare& share : shares) {
    writer_.record(NodeHeld{time_of(at), pools_[pool], share.node, names_[job], whole(share), all});
  }
}

void JobTrace::gave(std::int64_t at, std::uint32_t job, std::uint32_t pool,
                    const std::vector<NodeShare>& shares, HoldEnd why) {
  if (level_ < TraceLevel::Job) return;
  for (const NodeShare& share : shares) {
    writer_.record(NodeLeft{time_of(at), pools_[pool], share.node, names_[job], why});
  }
}

void JobTrace::failed(std::int64_t at, std::uint32_t pool, int node, const std::string& cause,
                      bool is_broken) {
  writer_.record(NodeFailed{time_of(at), pools_[pool], node, cause, is_broken});
}

void JobTrace::returned(std::int64_t at, std::uint32_t pool, int node) {
  writer_.record(NodeReturned{time_of(at), pools_[pool], node});
}

void JobTrace::left(std::int64_t at, std::uint32_t pool, int node, const std::string& because) {
  writer_.record(NodeFailed{time_of(at), pools_[pool], node, because, false});
}

void JobTrace::came(std::int64_t at, std::uint32_t pool, int node) {
  writer_.record(NodeReturned{time_of(at), pools_[pool], node});
}

void JobTrace::close(Milliseconds ends) {
  writer_.record(RunEnded{time_of(ends)});
  writer_.close();
}

}  // namespace chokepoint
