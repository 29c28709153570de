#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "models/performance/serving_plan.hpp"
#include "models/serving/step_cost.hpp"
#include "models/world.hpp"

namespace chokepoint {

/// Replicas that serve one service on the devices it has of a pool.
struct ReplicaGroup {
  ServiceId service;
  PoolId pool;
  ServingPlan plan;           ///< Of one replica.
  double devices = 0;         ///< That the service has there.
  std::int64_t replicas = 0;  ///< That these make, whole ones.
  std::int64_t batch = 1;     ///< Sequences that one runs at once: see ServingGroup::decode().
  StepPace pace;              ///< What the stack keeps, and how fast it was on the day.
  TokensPerSecond capacity;   ///< Of all its devices, by the steady state.
};

/// The group that writes most of what requests of the service take: the best of all layouts,
/// reading and writing in turns. Nothing where none holds the model on so many devices, or the
/// stack runs it not at all.
std::optional<ReplicaGroup> replica_group(const World& world, ServiceId service, PoolId pool,
                                          double devices);

/// How much of a service is played: all of it where that is little.
struct PlayBounds {
  std::int64_t most_replicas = 64;       ///< Of one pool.
  std::int64_t most_requests = 200'000;  ///< Expected, of one service on one pool.
};

/// What a group of replicas did.
struct PlayedGroup {
  std::int64_t replicas_played = 0;
  double time_share = 1;      ///< Of each window that was played.
  std::int64_t requests = 0;  ///< That ended in what was played.
  double refused_share = 0;   ///< Of these, since too many were waiting.
  Tokens served;              ///< By all replicas in all the time.
  double busy_share = 0;      ///< Of the time of all replicas in which they compute, in [0, 1].
  Seconds ttft_p50, ttft_p99, tpot_p50, tpot_p99;  ///< Of requests that were delivered.
};

/// Plays requests against the replicas of a group: Poisson arrivals at the rate of each window,
/// `windows` being asked of this group alone; prompts and answers of any length within a fifth of
/// the service's alike. As many replicas are up as the load needs at full batches, looked at every
/// two seconds, the others idle; more than four batches for each that is up are refused. Where
/// `bounds` allow less than all, some of the replicas are played with as much less load, and of
/// each window the beginning of it; no fewer than 8 replicas, no less than an hour in all.
PlayedGroup play_group(const World& world, const ReplicaGroup& group,
                       const std::vector<DemandWindow>& windows, const PlayBounds& bounds = {});

}  // namespace chokepoint
