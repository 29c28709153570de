#pragma once

#include <optional>

#include "models/training/run/long_run.hpp"
#include "models/world.hpp"

namespace chokepoint {

/// How often devices of `pool` fail in `world`. Null where nobody says. Requires: jobs are
/// interrupted.
const ReliabilitySpec* reliability_of(const World& world, PoolId pool);

/// The same at the rates of `world`: its factor and its lemons are in them. Null as above.
/// Requires: as above.
std::optional<ReliabilitySpec> scaled_reliability(const World& world, PoolId pool);

/// How whatever stopped goes on in `world`. Requires: jobs are interrupted.
const RecoverySpec& recovery_of(const World& world);

/// The run of `job` on a gang in `pool` that trains `throughput` tokens per second, with what stops
/// it there. Its interval is the period that somebody wrote, else the one of Young and Daly, in
/// whole seconds; storage takes a checkpoint as fast as the gang's servers write, as their network
/// cards carry, and as the site's storage takes in for nobody else. Spares are whatever is free
/// there, and not counted.
/// Requires: jobs are interrupted, and somebody says how devices of the pool fail.
LongRun placed_run(const World& world, const TrainingJob& job, PoolId pool,
                   TokensPerSecond throughput);

/// What the gang's servers write or read together, whatever the storage of the site does.
/// Requires: as above.
BytesPerSecond storage_rate(const World& world, const TrainingJob& job, PoolId pool);

/// True where something may stop `job` in that pool: jobs are interrupted at some rate.
bool may_stop(const World& world, const TrainingJob& job, PoolId pool);

}  // namespace chokepoint
