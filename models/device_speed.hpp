#pragma once

#include "models/world.hpp"

namespace chokepoint {

/// How fast a device does a kind of work in `world`, over what the catalogue says: what the world
/// states, else 1. Stacks that mature are not looked at.
double device_speed(const World& world, DeviceId device, WorkKind kind);

/// Tokens per second of all devices of `job` in `pool` together, at what the catalogue says and at
/// the job's pace.
TokensPerSecond gang_throughput(const World& world, const TrainingJob& job, PoolId pool);

}  // namespace chokepoint
