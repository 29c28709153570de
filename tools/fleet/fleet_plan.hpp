#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/serving/fleet.hpp"
#include "models/serving/kv_transfer.hpp"
#include "tools/estimate/serving_question.hpp"
#include "tools/fleet/cluster.hpp"

namespace chokepoint {

/// What a person asks of a fleet beside what the cluster's file says. What is said here wins, for
/// all of its pools.
struct FleetQuestion {
  /// Model, engine, formats, plan, prices; `prompt` and `output` are the log's mean lengths.
  ServingQuestion service;
  std::optional<double> pue;  ///< Unset: that of the site.
  std::optional<RoutingPolicy> routing;
  /// Instead of the classes of the file; a part that is unset promises nothing.
  std::optional<SloClass> promised;
  std::optional<bool> shares_prefixes;
  std::optional<std::uint64_t> seed;
};

/// Replicas of one kind as they will serve.
struct PlannedPool {
  ServedPool asked;
  ServingSubject subject;  ///< Of it the plan and the task, with lengths of the log.
  EngineRules rules;
  BytesPerToken kv_per_token;
  Bytes kv_per_sequence;
  StepCosts costs;
  std::int64_t replicas = 1, most = 1;  ///< At the start, and at any time.
  double weight = 1;                    ///< See PoolSpec.
  double idle_power_share = 0;
  ServingEstimate one;  ///< A replica with one request: memory, and how it fits.
};

/// One replica of a fleet.
struct ReplicaPlace {
  std::uint32_t pool = 0, number = 0;  ///< Of the pool.
};

/// A fleet that can serve. Refers to the cluster that it was planned for.
struct PlannedFleet {
  const Transformer* model = nullptr;
  std::deque<PlannedPool> pools;  ///< Do not move: the fleet refers to their costs.
  std::vector<ServedClass> classes;
  RoutingPolicy routing = RoutingPolicy::LeastLoaded;
  std::uint64_t seed = 0;
  std::uint32_t most_retries = 3;
  /// Where pools read and decode apart: as if none hindered another, unless somebody puts in
  /// others.
  std::shared_ptr<KvTransfers> transfers;
  /// Runs the fleet to its end, where transfers are to be driven; unset: by itself.
  std::function<void(Fleet&, RequestSource&)> run;

  bool is_apart() const { return transfers != nullptr; }

  FleetSpec spec();
  /// Where replica `number` of the fleet is. Requires: there is one.
  ReplicaPlace place_of(std::uint32_t number) const;
};

/// Why a fleet cannot be planned.
struct FleetRefusal {
  bool is_infeasible = false;  ///< It does not fit; else what was asked means nothing.
  std::string message, help;
};

/// Plans the fleet of `cluster`. What its file says and means nothing is reported in `found`, where
/// it stands; what the command line says, and what does not fit, is refused.
std::variant<PlannedFleet, FleetRefusal> plan_fleet(const Cluster& cluster,
                                                    const FleetQuestion& question,
                                                    Diagnostics& found);

}  // namespace chokepoint
