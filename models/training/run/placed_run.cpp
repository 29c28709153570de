#include "models/training/run/placed_run.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

GangSize gang_of(const World& world, const TrainingJob& job, PoolId pool) {
  const NodeTypeId node = world.pools[pool.value].node;
  return {job.devices, world.nodes[node.value].devices_per_node};
}

ReliabilitySpec scaled(ReliabilitySpec spec, double factor) {
  for (FailureMode& mode : spec.modes) mode.each.value = mode.each.value * factor;
  spec.planned.value = spec.planned.value * factor;
  return spec;
}

}  // namespace

const ReliabilitySpec* reliability_of(const World& world, PoolId pool) {
  const auto& named = world.interrupted_jobs->reliability;
  if (named) return &world.reliabilities[*named];
  const DeviceId device = world.pools[pool.value].device;
  return reliability_for(world.reliabilities, world.devices[device.value].stack);
}

std::optional<ReliabilitySpec> scaled_reliability(const World& world, PoolId pool) {
  const ReliabilitySpec* said = reliability_of(world, pool);
  if (said == nullptr) return std::nullopt;
  ReliabilitySpec spec = scaled(*said, world.interrupted_jobs->rate_factor);
  if (!world.interrupted_jobs->with_lemons) return spec;
  for (FailureMode& mode : spec.modes) {
    if (mode.scope == FailureScope::Run || mode.scope == FailureScope::Storage) continue;
    mode.each.value = mode.each.value * spec.lemon_factor.value;
  }
  return spec;
}

const RecoverySpec& recovery_of(const World& world) {
  return world.recoveries[world.interrupted_jobs->recovery];
}

BytesPerSecond storage_rate(const World& world, const TrainingJob& job, PoolId pool) {
  const GangSize gang = gang_of(world, job, pool);
  BytesPerSecond of_node = recovery_of(world).storage_per_node.value;
  const NodeSpec& node = world.nodes[world.pools[pool.value].node.value];
  const DeviceSpec& device = world.devices[node.device.value];
  const auto& card = node.links.scaleout ? node.links.scaleout : device.scaleout;
  if (card) of_node = std::min(of_node, card->value * gang.devices_per_node);
  return of_node * gang.nodes();
}

LongRun placed_run(const World& world, const TrainingJob& job, PoolId pool,
                   TokensPerSecond throughput) {
  const InterruptedJobs& how = *world.interrupted_jobs;
  const RunTask task{gang_of(world, job, pool), Seconds{1}, job.tokens.value / throughput,
                     checkpoint_size(world.transformers[job.transformer.value])};
  LongRunSettings settings;
  settings.spares = 0;
  if (job.has_period) settings.checkpoint_every = job.checkpoint_period;
  settings.checkpoint_mode = how.checkpoint_mode;
  settings.storage = storage_rate(world, job, pool);
  const auto& storage = world.sites[world.pools[pool.value].site.value].storage;
  if (storage) settings.storage = std::min(*settings.storage, storage->value);
  settings.with_lemons = how.with_lemons;
  settings.with_slow_nodes = how.with_slow_nodes;
  return long_run(task, scaled(*reliability_of(world, pool), how.rate_factor), recovery_of(world),
                  settings);
}

bool may_stop(const World& world, const TrainingJob& job, PoolId pool) {
  if (!world.interrupted_jobs || world.interrupted_jobs->rate_factor == 0) return false;
  const ReliabilitySpec* spec = reliability_of(world, pool);
  if (spec == nullptr) return false;
  if (spec->planned.value > PerSecond{}) return true;
  const GangSize gang = gang_of(world, job, pool);
  return std::ranges::any_of(spec->modes, [&](const FailureMode& mode) {
    return gang_rate(mode, gang, *spec) > PerSecond{};
  });
}

}  // namespace chokepoint
