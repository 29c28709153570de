#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "models/cluster/device_nodes.hpp"

namespace chokepoint {

/// Time of a log of jobs, from any moment on.
using Milliseconds = std::int64_t;

/// A job that needs all its devices at once, from its start to its end.
struct RigidJob {
  Milliseconds submit = 0;
  Milliseconds run = 0;       ///< On devices of speed 1, >= 0.
  Milliseconds estimate = 0;  ///< That its owner gave; what is below `run` counts as `run`.
  int devices = 1;            ///< >= 1.
};

/// Nodes of one kind.
struct JobPool {
  int nodes = 1, per_node = 1;
  double speed = 1;  ///< Of its devices, beside those that run times were recorded on; > 0.
};

/// Who of those that wait starts next.
///
///   Fifo          the first that came, and nobody before it.
///   ShortestJob   the least estimate of those that wait, and nobody before it; of equals the
///   first. Easy          the first that came; who came later may start before it where that does
///   not delay
///                 it: what they take is free beside it when it is expected to start, or they end
///                 before. Mu'alem and Feitelson, IEEE TPDS 12(6), 2001.
///   Conservative  whoever comes gets the first time at which it delays none that came before; who
///                 ends early gives its time to those that wait, in the order in which they came.
enum class QueuePolicy { Fifo, ShortestJob, Easy, Conservative };
inline constexpr std::size_t kQueuePolicies = 4;

/// "fifo", "sjf", "easy", "conservative".
std::string_view name(QueuePolicy policy);
std::optional<QueuePolicy> queue_policy_named(std::string_view name);

/// What became of a job.
struct QueuedRun {
  Milliseconds start = 0, end = 0;
  std::uint32_t pool = 0;
  int nodes = 0;  ///< That its devices stand in.
  /// The time that was promised when it first had to wait as the head (Easy) or when it came
  /// (Conservative); nothing where none was.
  std::optional<Milliseconds> promised;
};

/// Of one pool, over the whole play.
struct PoolUse {
  double busy = 0;      ///< Device-milliseconds held.
  double stranded = 0;  ///< Device-milliseconds free in nodes that were in use in part.
};

struct PlayedQueue {
  std::vector<QueuedRun> jobs;  ///< As they were given.
  std::vector<PoolUse> pools;
  Milliseconds begins = 0, ends = 0;  ///< First arrival and last end.
  std::size_t longest_queue = 0;
};

/// Plays jobs through one queue onto pools. At one moment jobs end first, then jobs come, in the
/// order in which they are given, then those that wait start. A job runs in one pool, run / speed;
/// where several could take it, in the one in which it is expected to end first, waiting included;
/// of equals the first. Times are rounded up to whole milliseconds. Requires: jobs in order of
/// submit; each needs no more devices than the largest pool has; pools not empty.
PlayedQueue play_queue(const std::vector<RigidJob>& jobs, const std::vector<JobPool>& pools,
                       QueuePolicy policy);

}  // namespace chokepoint
