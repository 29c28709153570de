#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "models/cluster/pool_changes.hpp"
#include "models/cluster/pool_failures.hpp"
#include "models/cluster/queue_observer.hpp"
#include "models/cluster/shared_devices.hpp"

namespace chokepoint {

/// Time of a log of jobs, from any moment on.
using Milliseconds = std::int64_t;

/// A job that needs all its devices at once, from its start to its end; or a part of one. An
/// elastic one takes more or fewer than it asked for, as many at each start as there is room for.
struct RigidJob {
  Milliseconds submit = 0;
  Milliseconds run = 0;       ///< On devices of speed 1, >= 0.
  Milliseconds estimate = 0;  ///< That its owner gave; what is below `run` counts as `run`.
  int devices = 1;            ///< >= 1.
  int priority = 0;           ///< The higher, the sooner (Priority, Preemptive).
  std::uint32_t owner = 0;    ///< Whose share it uses (FairShare): numbers from 0.
  /// Thousandths, 1 to 999, that it needs of one device, where it needs no more; it may stand
  /// beside others there. 0: it needs whole devices. Requires: devices is 1 where this is not 0.
  int part = 0;
  /// From how many to how many devices an elastic job takes; both 0: it is rigid. `run` and
  /// `estimate` are on `devices`. Requires: 1 <= min_devices <= devices <= max_devices; no part.
  int min_devices = 0, max_devices = 0;
  double serial_share = 0;  ///< Of its time, what does not shrink with devices; in [0, 1).

  bool is_elastic() const { return max_devices > 0; }
  int least_devices() const { return is_elastic() ? min_devices : devices; }
  int most_devices() const { return is_elastic() ? max_devices : devices; }
  /// Thousandths of devices that it holds where it has `held` whole ones, or a part.
  std::int64_t thousandths(int held) const {
    return part > 0 ? part : std::int64_t{held} * kWholeDevice;
  }
  /// Devices that it holds.
  double size() const { return part > 0 ? part / double{kWholeDevice} : devices; }
};

/// One more than the last number of an owner.
std::size_t owners_of(const std::vector<RigidJob>& jobs);

/// Nodes of one kind: all that ever stand there.
struct JobPool {
  int nodes = 1, per_node = 1;
  double speed = 1;  ///< Of its devices, beside those that run times were recorded on; > 0.
  /// Nodes below one leaf switch, one after the other; 0: all.
  int nodes_per_domain = 0;
};

/// Who of those that wait starts next.
///
///   Fifo          The first that came, and nobody before it.
///   ShortestJob   The least estimate, and nobody before it. Of equals here and below: the first.
///   Easy          The first that came. Who came later may start before it where that does not
///                 delay it: what they take is free beside it when it is expected to start, or they
///                 end before. Mu'alem and Feitelson, IEEE TPDS 12(6), 2001.
///   Conservative  Whoever comes gets the first time at which it delays none that came before. Who
///                 ends early gives its time to those that wait, in the order in which they came.
///   Priority      The highest priority, and nobody before it.
///   FairShare     The first of the owner who used least device time of late, and nobody before it.
///                 What was used counts half after each `half_life` (Slurm's priority/multifactor).
///   Preemptive    The highest priority; it takes devices from those of lower priority.
///   LeastService  Who had less device time than `service_limit`, before who had more; it takes
///                 devices from these. Tiresias of two queues: Gu et al., NSDI 2019.
enum class QueuePolicy {
  Fifo,
  ShortestJob,
  Easy,
  Conservative,
  Priority,
  FairShare,
  Preemptive,
  LeastService
};
inline constexpr std::size_t kQueuePolicies = 8;

/// "fifo", "sjf", "easy", "conservative", "priority", "fair", "preempt", "las".
std::string_view name(QueuePolicy policy);
std::optional<QueuePolicy> queue_policy_named(std::string_view name);
/// All of them, as declared.
const std::vector<QueuePolicy>& queue_policies();

/// What policies weigh.
struct QueueSettings {
  /// Of FairShare. Source: default of Slurm's PriorityDecayHalfLife, seven days.
  double half_life = 7 * 86'400e3;
  /// Of LeastService: device-milliseconds. Source: 18,000 GPU-seconds, as HeliosArtifact replays
  /// Tiresias.
  double service_limit = 18'000e3;
  /// A job that loses its devices goes on from its last checkpoint: one after each so much of its
  /// work; 0: it is saved when others take them, and begins anew when something fails.
  Milliseconds checkpoint_every = 0;
  /// Where nodes fail, and instead: the interval of Young and Daly for as much as fails of its
  /// nodes. When others take its devices it is saved as well.
  bool young_daly = false;
  /// For which a checkpoint holds the devices of a job.
  Milliseconds checkpoint_cost = 0;
  /// Before it goes on it holds its devices for so long without getting anywhere.
  Milliseconds restart = 0;
  /// How nodes fail, by pool; none: nothing does.
  std::vector<PoolFailures> failures;
  std::uint64_t failure_seed = 1;
  /// A job that failures stopped more often is given up. >= 0.
  int most_stops = 1000;
  /// Which nodes gangs get. A part of a device goes where it leaves least of a device in use.
  NodePlacement placement = NodePlacement::Packed;
  /// What comes and goes on a date; none: what stands there stays.
  std::vector<PoolChange> changes;

  bool saves_by_young_daly() const { return young_daly && !failures.empty(); }
  /// A job that others take devices from keeps what it did.
  bool saves_when_taken() const { return checkpoint_every == 0 || saves_by_young_daly(); }
};

/// What became of a job.
struct QueuedRun {
  Milliseconds start = 0, end = 0;  ///< First and last.
  Milliseconds held = 0;            ///< For how long it had devices.
  Milliseconds lost = 0;            ///< Of that: work done again, restarts and checkpoints.
  Milliseconds redone = 0;          ///< Of that: work since the last checkpoint, done again.
  std::uint32_t pool = 0;           ///< The last one that it ran in.
  int nodes = 0;                    ///< That its devices stood in there,
  int domains = 0;                  ///< and domains of the network.
  int preempted = 0;                ///< How often others took its devices.
  int failed = 0;                   ///< How often a failure stopped it.
  int devices = 0;                  ///< That it had last, or asks for where it waits.
  bool is_given_up = false;         ///< It never ended: failures stopped it too often.
  bool is_never_placed = false;     ///< It never ended: no pool can ever take it any more.
  /// The time that was promised when it first had to wait as the head (Easy) or when it came
  /// (Conservative); nothing where none was.
  std::optional<Milliseconds> promised;

  bool is_ended() const { return !is_given_up && !is_never_placed; }
};

/// Devices that are away and idle for a time.
struct AwayPeriod {
  Milliseconds from = 0, until = 0;
  int devices = 0;
};

/// Of one pool, over the whole play.
struct PoolUse {
  double busy = 0;      ///< Device-milliseconds held; of parts as much as they are.
  double stranded = 0;  ///< Device-milliseconds free in nodes that were in use in part.
  double unshared = 0;  ///< Of that: free parts of devices that were in use in part.
  double down = 0;      ///< Device-milliseconds of nodes that failed and were not back.
  int failures = 0;     ///< Nodes that failed.
  int broken = 0;       ///< Of these: that had to be repaired.
  /// Devices of nodes that changes took away, or that have not come yet; in order.
  std::vector<AwayPeriod> away;
};

/// From when until when a job had devices of a pool.
struct HeldPeriod {
  std::uint32_t job = 0, pool = 0;
  Milliseconds from = 0, until = 0;

  bool operator==(const HeldPeriod&) const = default;
};

/// Device-milliseconds of an elastic job, which may have more devices the one time than the other:
/// those of QueuedRun's `held`, `lost` and `redone`.
struct ElasticUse {
  double held = 0, lost = 0, redone = 0;
};

struct PlayedQueue {
  std::vector<QueuedRun> jobs;      ///< As they were given.
  std::vector<ElasticUse> elastic;  ///< Of all of these; empty where none is elastic.
  std::vector<HeldPeriod> periods;  ///< In order of `until`.
  std::vector<PoolUse> pools;
  Milliseconds begins = 0, ends = 0;  ///< First arrival and last end.
  std::size_t longest_queue = 0;
  int stops = 0;         ///< Times that a failure stopped a job.
  int closed_stops = 0;  ///< Times that a job stopped because its nodes were closed.
};

/// Plays jobs through one queue onto pools. At one moment jobs end first, then jobs come, in the
/// order in which they are given, then those that wait start. A job runs in one pool at a time, run
/// / speed; where several could take it, in the one in which it is expected to end first, waiting
/// included; of equals the first. Times are rounded up to whole milliseconds.
///
/// At each start an elastic job takes the most devices that are free for it, up to its most: in the
/// pool in which it is then expected to end first, and as soon as its least are free there. What
/// Easy keeps for the head is its least; who passes it takes the most that do not delay that. To
/// Conservative, Preemptive and LeastService it is rigid: it takes what it asked for.
///
/// Where nodes fail, all jobs that hold devices of one stop, and wait again in the place that the
/// policy gives them: with the rest of their work, as if they had just come at their first submit.
/// The node is back after its repair; when it will be is known, and reckoned with. At one moment
/// nodes are back and fail once jobs have ended.
///
/// Where nodes come and go on a date, Fifo, ShortestJob, Easy and Conservative reckon with what is
/// known of it: a job does not begin on nodes that are closed before it is expected to end. The
/// others give what is there. A job that is on nodes that close stops as if by a failure. A job
/// that no pool can ever take any more, by what is known, leaves the queue. At one moment nodes
/// come and go once jobs have ended, before they fail.
///
/// Requires: jobs in order of submit; each needs no more devices than the largest pool has; pools
/// not empty; failures of none or of every pool.
PlayedQueue play_queue(const std::vector<RigidJob>& jobs, const std::vector<JobPool>& pools,
                       QueuePolicy policy, const QueueSettings& settings = {},
                       QueueObserver* observer = nullptr);

}  // namespace chokepoint
