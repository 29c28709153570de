#pragma once

#include "models/training/run/placed_run.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {

/// One that fails every `mean` on a gang of so many nodes, in half of all cases by a broken node,
/// which is back after half a day.
inline ReliabilitySpec engine_reliability(Seconds mean, int nodes) {
  ReliabilitySpec spec;
  spec.name = "small";
  FailureMode mode;
  mode.name = "node";
  mode.scope = FailureScope::Nodes;
  mode.each.value = PerSecond{1.0 / mean.value / nodes};
  mode.broken_share.value = 0.5;
  spec.modes = {mode};
  spec.repair.value = 12_hours;
  return spec;
}

inline RecoverySpec engine_recovery() {
  RecoverySpec recovery;
  recovery.name = "small";
  recovery.detection.value = Seconds{200};
  recovery.diagnosis.value = Seconds{100};
  recovery.restart.value = Seconds{240};
  recovery.planned.value = Seconds{1'800};
  recovery.storage_per_node.value = BytesPerSecond{0.5e9};
  recovery.snapshot.value = BytesPerSecond{0.1e9};
  return recovery;
}

/// The year 2025 with a job of `hours` at full speed on four nodes of eight devices, which trains
/// 32,000 tokens per second, saves each hour and is stopped every ten hours of training; beside
/// them `spares` nodes. A checkpoint has 14 GB: it stalls for 4.375 s and is safe 7 s later.
inline World interrupted_world(double hours, int spares) {
  World world = small_world();
  world.orders.clear();
  world.stocks = {small_stock(8.0 * (4 + spares))};
  TrainingJob job = small_job(32'000.0 * 3'600.0 * hours, 32);
  job.checkpoint_period = 1_hours;
  job.has_period = true;
  world.training_jobs = {job};
  world.reliabilities = {engine_reliability(10_hours, 4)};
  world.recoveries = {engine_recovery()};
  world.interrupted_jobs = InterruptedJobs{};
  return world;
}

/// What models/training says of its first job, with its spares.
inline LongRun modelled_run(const World& world, int spares) {
  LongRun run = placed_run(world, world.training_jobs[0], kForeignPool, TokensPerSecond{32'000});
  run.spares = spares;
  return run;
}

}  // namespace chokepoint
