#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/serving/autoscaling.hpp"
#include "models/serving/engine_rules.hpp"
#include "models/serving/kv_transfer.hpp"
#include "models/serving/router.hpp"
#include "models/serving/step_cost.hpp"
#include "models/serving/tally.hpp"

namespace chokepoint {

/// What a pool does for a request.
enum class PoolRole { Whole, Prefill, Decode };

/// The role that pools of `roles` lack: who reads alone needs who decodes, and the other way round.
std::optional<PoolRole> lacking_role(std::span<const PoolRole> roles);

/// Classes of service that requests can tell apart.
inline constexpr std::size_t kMostClasses =
    std::numeric_limits<decltype(Request::slo_class)>::max();

/// Replicas of one kind, all alike.
struct PoolSpec {
  StepCosts* costs = nullptr;  ///< Of all of its replicas; outlives the fleet.
  EngineRules rules;
  PoolRole role = PoolRole::Whole;
  std::int64_t replicas = 1;     ///< Up at the start.
  double weight = 1;             ///< Load that a request is to it: less for a faster one; positive.
  BytesPerToken kv_per_token{};  ///< Of a cache handed over, as this pool keeps it,
  Bytes kv_per_sequence{};       ///< and what it holds however long the prompt: windows, states.
  std::optional<Autoscaling> scaling;  ///< Unset: always as many.
  /// Mean time between failures of a replica, exponential, and until it is back; 0: none.
  Nanoseconds between_failures = 0, repair = 600'000'000'000;
};

/// A fleet for one model.
struct FleetSpec {
  std::vector<PoolSpec> pools;
  std::vector<SloClass> classes = {{}};
  RoutingPolicy routing = RoutingPolicy::LeastLoaded;
  PrefixBalance balance = {};
  std::uint64_t seed = 0;
  std::uint32_t most_retries = 3;    ///< Of a request whose replica fails; then it is lost.
  KvTransfers* transfers = nullptr;  ///< Needed where pools read and decode apart.
};

/// Whether the request is beyond the context of every pool.
bool is_too_long(const Request& request, const FleetSpec& spec);

/// Replicas that a pool has room for. They are numbered through the fleet, pool after pool.
std::int64_t most_replicas(const PoolSpec& pool);

/// The cache of a prompt of `tokens` as replicas of `pool` keep it.
Bytes cache_of_prompt(const PoolSpec& pool, std::uint32_t tokens);

/// All that keeps a fleet from being simulated, by pool or class and field, joined by "; ": counts
/// below 1, weights or times that are not positive, shares out of range, pools that read without
/// any that decode, no way between them. Empty where it is sound.
std::string fleet_complaint(const FleetSpec& spec);

}  // namespace chokepoint
