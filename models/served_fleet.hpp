#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/ids.hpp"
#include "models/serving/autoscaling.hpp"
#include "models/serving/router.hpp"
#include "models/serving/tally.hpp"
#include "models/units.hpp"

namespace chokepoint {

enum class PoolRole;

/// How an engine of a pool is set up, as far as a scenario says so. Unset: as EngineOptions and
/// runs of the engine have it.
struct ServedEngine {
  std::optional<double> token_budget, max_sequences, speculated;
  std::optional<std::int64_t> block_tokens;
  std::optional<double> watermark, reserved_answer;
  bool reads_alone = false, budget_counts_decoding = false, shares_prefixes = true;
  Bytes host_cache{}, host_swap{};  ///< On the host, for one replica; 0: none.
};

/// Devices of a pool that serve, as a scenario asks for them. Unset and empty: up to who plans.
struct ServedPool {
  std::string name;
  PoolId pool;
  PoolRole role{};  ///< Whole.
  std::optional<std::int64_t> replicas;
  std::string engine, precision, kv_format, stack_version;  ///< As a ServingQuestion has them.
  std::optional<int> tensor, attention_dp, pipeline;
  bool expert_parallel = false, is_research = false;
  ServedEngine settings;
  std::optional<Autoscaling> scaling;
  Nanoseconds between_failures = 0, repair = 0;  ///< 0: none fails.

  /// Somebody wrote how a replica is laid out.
  bool has_plan() const { return tensor || attention_dp || pipeline || expert_parallel; }
};

/// A kind of requests, and how many are of it.
struct ServedClass {
  SloClass promised;
  double share = 1;  ///< Beside those of other classes; positive.
};

/// How one model is served on pools of a cluster.
struct ServedFleet {
  std::optional<TransformerId> model;
  std::vector<ServedPool> pools;
  RoutingPolicy routing = RoutingPolicy::LeastLoaded;
  std::vector<ServedClass> classes;
  std::uint32_t most_retries = 3;
  std::optional<BytesPerSecond> transfer_rate;  ///< Unset: that of the replicas' network cards.
  Seconds transfer_latency = Seconds{1e-5};
};

}  // namespace chokepoint
