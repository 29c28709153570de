#pragma once

#include <cstdint>
#include <functional>
#include <queue>
#include <string>
#include <tuple>
#include <vector>

#include "models/cluster/device_nodes.hpp"
#include "models/cluster/job_queue.hpp"
#include "models/cluster/node_failures.hpp"

namespace chokepoint {

/// A node that fails, and when it is back.
struct FailedNode {
  std::uint32_t pool = 0;
  int node = 0;
  Milliseconds back = 0;
  std::string cause;
  bool is_broken = false;
};

/// What fails in pools while jobs hold their nodes: nodes, and jobs by themselves. Of jobs that run
/// in a pool the next one stops after an exponential time at the rate of all of them together, and
/// it is any of them.
class FailingPools {
public:
  /// Requires: failures of every pool.
  FailingPools(const std::vector<JobPool>& pools, std::size_t jobs, const QueueSettings& settings,
               Milliseconds begins);

  void take(std::uint32_t job, std::uint32_t pool, const std::vector<NodeShare>& shares);
  void give(std::uint32_t job, std::uint32_t pool, const std::vector<NodeShare>& shares);
  /// Time passes in which the same jobs run.
  void pass(Milliseconds time);

  /// Of the next event after `now`.
  Milliseconds next(Milliseconds now) const;
  /// The nodes that are back at `now`, in order; none is told twice.
  std::vector<FailedNode> returned(Milliseconds now);
  /// The nodes that fail at `now`; whoever holds them has not been told.
  std::vector<FailedNode> failed(Milliseconds now);
  /// A job that stops by itself at `now`, and the next one when it is asked again.
  std::optional<std::uint32_t> stopped(Milliseconds now);
  /// Jobs that hold devices of a node.
  const std::vector<std::uint32_t>& holders(std::uint32_t pool, int node) const {
    return holders_[pool][static_cast<std::size_t>(node)];
  }

private:
  Milliseconds next_stop(std::uint32_t pool, Milliseconds now) const;

  const QueueSettings& settings_;
  std::vector<NodeFailures> nodes_;
  std::vector<RandomStream> stops_;                               // By pool, as all below:
  std::vector<double> until_stop_;                                // of the mean time of all jobs,
  std::vector<std::vector<std::uint32_t>> running_;               // jobs,
  std::vector<std::vector<std::vector<std::uint32_t>>> holders_;  // and by node.
  std::vector<std::uint32_t> place_of_;                           // By job, in running_.
  using Return = std::tuple<Milliseconds, std::uint32_t, int>;
  std::priority_queue<Return, std::vector<Return>, std::greater<>> returns_;
};

}  // namespace chokepoint
