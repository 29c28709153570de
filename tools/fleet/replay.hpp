#pragma once

#include <string>
#include <vector>

#include "tools/fleet/fleet_plan.hpp"
#include "tools/fleet/replayed_log.hpp"

namespace chokepoint {

/// What a pool did and took.
struct PoolAccount {
  std::string name;
  PoolTally done;
  std::int64_t devices = 0;   ///< Of all of its replicas.
  double busy_share = 0;      ///< Of the time that replicas were up.
  double cache_share = 0;     ///< Mean share of the cache that decoding sequences hold.
  double energy_joules = 0;   ///< PUE included.
  std::optional<double> usd;  ///< Devices written off, and electricity; unset: no price is known.
};

/// What a replica did.
struct ReplicaAccount {
  ReplicaPlace place;
  std::int64_t delivered = 0, tokens = 0;  ///< Requests that ended there, and of their answers.
  EngineCounters engine;
};

/// What became of a log on a fleet.
struct ReplayAccount {
  std::vector<PoolAccount> pools;
  std::vector<ReplicaAccount> replicas;
  std::vector<Tally> classes;
  Tally total;
  Seconds span;  ///< From 0, the first arrival of a log, to the last end.

  double energy_joules() const;
  std::optional<double> usd() const;
  EngineTotals engines() const;
};

/// Who hears of a replay while it runs.
class ReplayListener {
public:
  virtual ~ReplayListener() = default;
  /// A request ended.
  virtual void ended(const EndedRequest& end, const Fleet& fleet) = 0;
  /// What replicas hold at a date of its own choosing; the next one, nothing where it needs none.
  virtual std::optional<Nanoseconds> next_look() const { return std::nullopt; }
  virtual void look(const Fleet& fleet, Nanoseconds at) {
    static_cast<void>(fleet);
    static_cast<void>(at);
  }
};

/// Plays `source` against `fleet` to its end. At most one of the listeners looks.
ReplayAccount replay(PlannedFleet& fleet, RequestSource& source,
                     const std::vector<ReplayListener*>& listeners);

/// Energy of a pool over `span`, PUE included: replicas that are up draw what their share of a
/// server does, idle between steps, nothing while off.
///
///   PUE * devices * power * (idle + (1 - idle) * busy) * time up
double pool_energy(const PlannedPool& pool, const PoolTally& done);

}  // namespace chokepoint
