#include "models/device_speed.hpp"

#include "models/performance/throughput.hpp"

namespace chokepoint {

double device_speed(const World& world, DeviceId device, WorkKind kind) {
  if (world.device_speeds.empty()) return 1.0;
  return world.device_speeds[device.value][static_cast<std::size_t>(kind)];
}

TokensPerSecond gang_throughput(const World& world, const TrainingJob& job, PoolId pool) {
  const DeviceId device = world.pools[pool.value].device;
  const Transformer& model = world.transformers[job.transformer.value];
  return static_cast<double>(job.devices) *
         training_throughput(model, job.sequence_tokens, world.devices[device.value],
                             world.attained[device.value]) *
         job.pace;
}

}  // namespace chokepoint
