#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "sim/engine/datacenter/job_run.hpp"
#include "sim/engine/datacenter/lent_meter.hpp"
#include "sim/engine/datacenter/remote_use.hpp"
#include "sim/engine/datacenter/repairs.hpp"
#include "sim/engine/datacenter/sites.hpp"
#include "sim/engine/datacenter/stacks.hpp"
#include "sim/engine/datacenter/storage_outages.hpp"
#include "sim/engine/datacenter/transfer.hpp"
#include "sim/engine/kernel/activities.hpp"
#include "sim/engine/kernel/engine_component.hpp"

namespace chokepoint {

/// Where a training job stands.
struct JobStanding {
  bool waits = false, trains = false;  ///< Neither: it has not been submitted, or it has ended.
  std::optional<PoolId> pool;          ///< Where it trains, or did.
  TokensPerSecond throughput;          ///< There.
  Tokens done;
};

/// Queues training jobs as they are submitted and places them, first come first served: only the
/// head of the queue is tried, whenever nodes get power or become free, and after gangs that wait
/// for a node in place of a broken one. Jobs whose owners may work in none of their pools today are
/// passed over.
class Scheduler : private EngineComponent {
public:
  Scheduler(const World& world, Agenda& agenda, Activities& activities, Transfers& transfers,
            Sites& sites, const Stacks& stacks, const RemoteUse& remote_use, TraceSink& trace);

  /// Enters every submission of the run; those before its start count as made then.
  void start();

  /// Tokens that `job` has trained so far.
  Tokens done(JobId job) const;

  /// Training of `job` that is safe over time since it was placed; nothing where it never was, or
  /// nothing may stop it.
  std::optional<double> goodput(JobId job) const;
  /// Now.
  JobStanding standing(JobId job) const;
  /// Jobs that wait, the first to be placed first.
  std::vector<JobId> waiting() const;

  /// Services lend so many nodes of the pool from now on.
  void lend(PoolId pool, NodeCount nodes);
  /// Stops gangs of the pool, the one that was submitted last first, until no more nodes are held
  /// than are lent. They save if that takes no longer than nodes have to return and the storage is
  /// there, and queue again.
  void take_back(PoolId pool, const LendingTerms& terms);
  /// Gangs leave pools that their owners may work in no longer; they save, since rules are known
  /// before they take effect.
  void on_rules();
  /// Which nodes fail and are repaired.
  Repairs& repairs() { return repairs_; }
  /// What came of lending, so far.
  LentMeter::Use lent(PoolId pool) const { return lent_.use(pool, agenda_.now()); }
  /// Trained at a site so far and not lost.
  Flops trained_at(SiteId site) const;

  /// Records the jobs that the end of the run cuts short, those that wait included.
  void close() const;

private:
  enum class Status { Absent, Waiting, Training, Finished };

  void on_submitted(JobId job);
  void request_placement();
  void place();
  std::vector<GangRequest> admitted() const;
  void enqueue(JobId job);
  Tokens stop(JobId job, bool saves);
  Seconds time_to_save(JobId job, const LendingTerms& terms) const;
  void read_lent(PoolId pool);
  Flops trained(JobId job) const;
  void run(const Placement& placement);
  std::unique_ptr<JobRun> make_run(const Gang& gang);
  int unused_host(PoolId pool) const;
  void on_finished(JobId job);
  void on_storage(SiteId site);

  Activities& activities_;
  Transfers& transfers_;
  Sites& sites_;
  const Stacks& stacks_;
  const RemoteUse& remote_use_;
  Repairs repairs_;
  StorageOutages outages_;
  LentMeter lent_;
  std::vector<GangRequest> queue_;
  std::vector<Status> status_;        // By job.
  std::vector<std::size_t> arrival_;  // By job: its number among those submitted.
  std::size_t arrived_ = 0;
  std::vector<Tokens> before_;                 // By job: done when it was last placed.
  std::vector<Flops> trained_;                 // By site, in runs that have ended.
  std::vector<Gang> gangs_;                    // By job, once placed.
  std::vector<std::unique_ptr<JobRun>> runs_;  // By job, once placed.
  std::vector<std::unique_ptr<JobRun>> stopped_;
  bool placement_requested_ = false;
};

}  // namespace chokepoint
