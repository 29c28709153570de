#pragma once

#include <string>
#include <vector>

#include "models/cluster/job_queue.hpp"
#include "models/cluster/metered_jobs.hpp"
#include "sim/jobs/job_log.hpp"
#include "tools/graph/rank_placement.hpp"

namespace chokepoint {

/// One pool of a cluster, as jobs and money see it.
struct JobPoolFacts {
  std::string name, device;
  JobPool pool;
  Watts busy, idle;          ///< Of one device with its share of the server, PUE included.
  std::optional<Usd> price;  ///< Of the same.
  PoolId id = {};            ///< In the cluster.
  std::optional<Tariff> tariff = std::nullopt;  ///< Of its site, where that states one.
  bool states_carbon = false;
};

/// Pools of `cluster` whose devices can be compared, with speeds beside `recorded_on`, the name of
/// a device, or the first pool's where it is empty: what large products of training attain. A pool
/// has whole nodes: those that stand there and those that arrive. Nothing, and a complaint in
/// `found`, where there is none, or no such device.
std::vector<JobPoolFacts> job_pools(const Cluster& cluster, const TrainingWorld& world,
                                    const std::string& recorded_on, Diagnostics& found);

/// What power and devices cost.
struct JobPrices {
  std::optional<double> usd_per_kwh;  ///< All day; unset: what sites state, else kUsdPerKwhUnsaid.
  double life_years = 4;
};
inline constexpr double kUsdPerKwhUnsaid = 0.08;

/// What a job cost while it held devices.
struct JobBill {
  Metered power;
  std::optional<double> usd;  ///< Power, and devices written off; nothing where no price is known.
};

/// What became of the jobs of a log under one policy.
struct JobReplay {
  QueuePolicy policy = QueuePolicy::Fifo;
  PlayedQueue played;
  std::vector<std::size_t> too_large;  ///< Jobs that no pool holds: left out. Places in the log.
  std::vector<std::size_t> kept;       ///< Of `played`, places in the log.

  double wait_mean = 0, wait_p50 = 0, wait_p90 = 0, wait_p99 = 0;  ///< Seconds.
  /// (wait + run) / max(run, 10 s), at least 1; what is done again counts as wait; runs of
  /// elastic jobs are those on as many devices as they asked for. Source:
  /// Feitelson, JSSPP 2001.
  double slowdown_mean = 0, slowdown_p50 = 0;
  double utilization = 0;    ///< Of devices that are there, from the first submit to the last end.
  double fragmentation = 0;  ///< Share of free devices in nodes that are in use in part.
  /// Of that: free parts of devices that are in use in part. Nothing where no job needs a part.
  std::optional<double> part_fragmentation;
  /// Domains of the network that gangs larger than a node stand in, over the fewest that hold as
  /// many devices. Nothing where domains are not known, or no gang is so large.
  std::optional<double> domains_mean, domains_worst;
  double spread = 0;  ///< Mean over jobs of nodes over the fewest that would hold them.
  double span_days = 0;
  double energy_mwh = 0;
  double power_usd = 0;            ///< What the energy cost.
  std::optional<double> usd;       ///< That, and devices written off; nothing where a price lacks.
  std::optional<double> carbon_t;  ///< Tonnes of CO2 equivalent, where all sites state them.
  std::vector<JobBill> bills;      ///< Of `kept`.
  double waited = 0;               ///< Share of jobs that waited.
  double preempted = 0;            ///< How often others took devices of jobs.
  /// Devices of elastic jobs over those that they asked for, mean over the time for which they had
  /// them. Nothing where there are none.
  std::optional<double> elastic_devices;
  double lost_share = 0;  ///< Of device time held: work done again, restarts, checkpoints.

  bool has_failures = false;     ///< Nodes could fail; else nothing below counts.
  double failures = 0;           ///< Nodes that failed, and
  double repairs = 0;            ///< of these that were broken.
  double stops = 0;              ///< Times that a failure stopped a job.
  double given_up = 0;           ///< Jobs that never ended.
  double lost_device_hours = 0;  ///< Work since the last checkpoint, done again.
  double goodput = 0;            ///< Device time of work of jobs that ended, over that held.
  double availability = 0;       ///< Of devices: 1 less the share of time in nodes that are down.

  bool has_changes = false;    ///< Nodes came and went; else nothing below counts.
  double closed_stops = 0;     ///< Times that a job stopped because its nodes were closed.
  double broken_promises = 0;  ///< Jobs that began later than was promised, or never.
  /// Jobs that no pool can ever take any more: places in the log. Waits are of the others.
  std::vector<std::size_t> never_placed;
};

/// Devices that a job had, or a part of one; of an elastic one those that it had last.
double devices_had(const RigidJob& job, const QueuedRun& run);

/// Jobs of a log that `pools` hold: places in the log, in its order.
std::vector<std::size_t> kept_jobs(const JobLog& log, const std::vector<JobPoolFacts>& pools);

JobReplay replay_jobs(const JobLog& log, const std::vector<JobPoolFacts>& pools, QueuePolicy policy,
                      const QueueSettings& settings, const JobPrices& prices,
                      QueueObserver* observer = nullptr);

}  // namespace chokepoint
