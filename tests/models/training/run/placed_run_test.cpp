#include "models/training/run/placed_run.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

constexpr PoolId kPool{0};
constexpr TokensPerSecond kSpeed{32'000};

/// Fails once in `mean` on four nodes.
ReliabilitySpec failing_every(Seconds mean) {
  FailureMode mode;
  mode.scope = FailureScope::Nodes;
  mode.each.value = PerSecond{0.25 / mean.value};
  ReliabilitySpec spec;
  spec.modes = {mode};
  return spec;
}

/// Two and a half minutes until a failure is understood; a checkpoint has 14 GB.
World one_pool() {
  World world;
  world.devices.resize(1);
  world.nodes.resize(1);
  world.nodes[0].devices_per_node = 8;
  world.sites.resize(1);
  world.pools.resize(1);
  world.transformers.resize(1);
  world.transformers[0].parameters.value = 1e9;
  TrainingJob job;
  job.tokens.value = Tokens{32'000.0 * 360'000};
  job.devices = 32;
  job.pools = {kPool};
  job.checkpoint_period = 1_hours;
  job.has_period = true;
  world.training_jobs = {job};
  world.reliabilities = {failing_every(10_hours)};
  RecoverySpec recovery;
  recovery.detection.value = Seconds{50};
  recovery.diagnosis.value = Seconds{100};
  recovery.restart.value = Seconds{240};
  recovery.storage_per_node.value = BytesPerSecond{0.5e9};
  recovery.snapshot.value = BytesPerSecond{0.1e9};
  world.recoveries = {recovery};
  world.interrupted_jobs = InterruptedJobs{};
  return world;
}

LongRun run_in(const World& world) {
  return placed_run(world, world.training_jobs[0], kPool, kSpeed);
}

TEST_CASE("placed_run: figures are those of reliability and recovery", "[training][run]") {
  const LongRun run = run_in(one_pool());
  CHECK(run.work.value == Approx(360'000));
  CHECK(run.interval == 1_hours);
  CHECK(run.failure_rate().value == Approx(1 / 36'000.0));
  CHECK(run.checkpoint.stall.value == Approx(14e9 / 32 / 0.1e9));
  CHECK(run.checkpoint.lag.value == Approx(7));
  CHECK(run.noticed == Seconds{150});
  CHECK(run.restart.value == Approx(247));
}

TEST_CASE("placed_run: a period that nobody wrote is the one of Young and Daly",
          "[training][run]") {
  World world = one_pool();
  world.training_jobs[0].has_period = false;
  const LongRun run = run_in(world);
  const Seconds best = young_daly_interval(run.checkpoint.stall, 10_hours);
  CHECK(run.interval.value == Approx(best.value).margin(0.51));
}

TEST_CASE("placed_run: a checkpoint goes as fast as the narrowest of what it passes",
          "[training][run]") {
  World world = one_pool();
  world.sites[0].storage = Sourced<BytesPerSecond>{BytesPerSecond{0.2e9}, {}};
  CHECK(run_in(world).checkpoint.lag.value == Approx(70));
  world.sites[0].storage->value = BytesPerSecond{100e9};
  CHECK(run_in(world).checkpoint.lag.value == Approx(7));
  // Eight cards a node.
  world.nodes[0].links.scaleout = Sourced<BytesPerSecond>{BytesPerSecond{0.025e9}, {}};
  CHECK(run_in(world).checkpoint.lag.value == Approx(17.5));
  CHECK(storage_rate(world, world.training_jobs[0], kPool).value == Approx(0.8e9));
}

TEST_CASE("placed_run: the factor holds for all that stops a job", "[training][run]") {
  World world = one_pool();
  world.reliabilities[0].planned.value = PerSecond{1e-6};
  world.interrupted_jobs->rate_factor = 3;
  const LongRun run = run_in(world);
  CHECK(run.failure_rate().value == Approx(3 / 36'000.0));
  CHECK(run.planned.value == Approx(3e-6));
}

TEST_CASE("placed_run: nothing may stop a job without a rate", "[training][run]") {
  World world = one_pool();
  const TrainingJob& job = world.training_jobs[0];
  CHECK(may_stop(world, job, kPool));
  world.interrupted_jobs->rate_factor = 0;
  CHECK_FALSE(may_stop(world, job, kPool));
  world.interrupted_jobs->rate_factor = 1;
  world.reliabilities[0].modes[0].each.value = PerSecond{};
  CHECK_FALSE(may_stop(world, job, kPool));
  world.reliabilities[0].planned.value = PerSecond{1e-6};
  CHECK(may_stop(world, job, kPool));
  world.interrupted_jobs.reset();
  CHECK_FALSE(may_stop(world, job, kPool));
}

TEST_CASE("placed_run: a reliability that is named holds for all pools", "[training][run]") {
  World world = one_pool();
  world.reliabilities.push_back(failing_every(1_hours));
  CHECK(reliability_of(world, kPool) == &world.reliabilities[0]);
  world.interrupted_jobs->reliability = 1;
  CHECK(reliability_of(world, kPool) == &world.reliabilities[1]);
}

}  // namespace
}  // namespace chokepoint
