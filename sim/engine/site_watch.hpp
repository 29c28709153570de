#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "models/software/maturity.hpp"
#include "models/world.hpp"

namespace chokepoint {

class Agenda;
struct Datacenter;

/// Which site of a run to look at, from when until when.
struct SiteWindow {
  SiteId site;
  Seconds from, until;  ///< Since the start of the run; 0 <= from < until <= its end.
};

/// A pool as it stood when the look began.
struct WatchedPool {
  PoolId pool;
  NodeCount powered_nodes = 0;
  std::array<double, kWorkKinds> speeds{};  ///< Of its device, over what the catalogue says.
};

/// A training job that ran at the site when the look began, waited for a place there, or came while
/// it went on.
struct WatchedJob {
  JobId job;
  std::optional<PoolId> pool;  ///< It ran there.
  TokensPerSecond throughput;  ///< Where it ran.
  Seconds submitted;           ///< Since the look began; 0: before.
  Tokens left;                 ///< To train when the look began.
  Tokens trained;              ///< At the site, while the look went on.
};

/// A service of which something runs at the site.
struct WatchedService {
  ServiceId service;
  std::vector<DemandWindow> windows;  ///< Asked for at the site: see ServiceRun::at_site().
  ServedThere served;                 ///< While the look went on.
};

/// A site for some days of a longer run.
struct WatchedSite {
  SiteWindow asked;
  std::vector<WatchedPool> pools;        ///< Those with power when the look began.
  std::vector<WatchedJob> jobs;          ///< Those that ran first, then in order of the queue.
  std::vector<WatchedService> services;  ///< By id.
  Joules energy;                         ///< While the look went on, PUE included.
  NodeCount powered_at_end = 0;          ///< Nodes of all pools.

  NodeCount powered_nodes() const {
    NodeCount all = 0;
    for (const WatchedPool& pool : pools) all += pool.powered_nodes;
    return all;
  }
};

/// Looks at one site while a run goes on: at what stands there on a date, and at what it does in
/// the time after it. Records nothing and changes nothing.
class SiteWatch {
public:
  explicit SiteWatch(const SiteWindow& asked) { seen_.asked = asked; }

  /// Enters what it looks at. Refers to all of these.
  void start(const World& world, Agenda& agenda, const Datacenter& datacenter);
  /// Ends the look where it lasts to the end of the run.
  void close();

  /// What it saw. Requires: the run has ended.
  const WatchedSite& seen() const { return seen_; }

private:
  void begin();
  void begin_jobs();
  void begin_services();
  void go_on(std::size_t service);
  void end();
  bool is_here(PoolId pool) const;
  bool may_run_here(JobId job) const;

  const World* world_ = nullptr;
  Agenda* agenda_ = nullptr;
  const Datacenter* datacenter_ = nullptr;
  WatchedSite seen_;
  Joules energy_before_;
  std::vector<Tokens> trained_before_;      // By job of the world.
  std::vector<ServedThere> served_before_;  // As seen_.services.
  bool has_ended_ = false;
};

}  // namespace chokepoint
