#include "models/training/run/placed_run.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/engine/interrupted_world.hpp"

namespace chokepoint {
namespace {

constexpr TokensPerSecond kSpeed{32'000};

LongRun run_in(const World& world) {
  return placed_run(world, world.training_jobs[0], kForeignPool, kSpeed);
}

TEST_CASE("placed_run: figures are those of reliability and recovery", "[training][run]") {
  const LongRun run = run_in(interrupted_world(100, 0));
  CHECK(run.work.value == Approx(360'000));
  CHECK(run.interval == 1_hours);
  CHECK(run.failure_rate().value == Approx(1 / 36'000.0));
  CHECK(run.checkpoint.stall.value == Approx(14e9 / 32 / 0.1e9));
  CHECK(run.checkpoint.lag.value == Approx(7));
  CHECK(run.noticed == Seconds{300});
  CHECK(run.restart.value == Approx(247));
}

TEST_CASE("placed_run: a period that nobody wrote is the one of Young and Daly",
          "[training][run]") {
  World world = interrupted_world(100, 0);
  world.training_jobs[0].has_period = false;
  const LongRun run = run_in(world);
  const Seconds best = young_daly_interval(run.checkpoint.stall, 10_hours);
  CHECK(run.interval.value == Approx(best.value).margin(0.51));
}

TEST_CASE("placed_run: a checkpoint goes as fast as the narrowest of what it passes",
          "[training][run]") {
  World world = interrupted_world(100, 0);
  world.sites[0].storage = Sourced<BytesPerSecond>{BytesPerSecond{0.2e9}, {}};
  CHECK(run_in(world).checkpoint.lag.value == Approx(70));
  world.sites[0].storage->value = BytesPerSecond{100e9};
  CHECK(run_in(world).checkpoint.lag.value == Approx(7));
  // Eight cards a node.
  world.nodes[0].links.scaleout = Sourced<BytesPerSecond>{BytesPerSecond{0.025e9}, {}};
  CHECK(run_in(world).checkpoint.lag.value == Approx(17.5));
  CHECK(storage_rate(world, world.training_jobs[0], kForeignPool).value == Approx(0.8e9));
}

TEST_CASE("placed_run: the factor holds for all that stops a job", "[training][run]") {
  World world = interrupted_world(100, 0);
  world.reliabilities[0].planned.value = PerSecond{1e-6};
  world.interrupted_jobs->rate_factor.value = 3;
  const LongRun run = run_in(world);
  CHECK(run.failure_rate().value == Approx(3 / 36'000.0));
  CHECK(run.planned.value == Approx(3e-6));
}

TEST_CASE("placed_run: nothing may stop a job without a rate", "[training][run]") {
  World world = interrupted_world(100, 0);
  const TrainingJob& job = world.training_jobs[0];
  CHECK(may_stop(world, job, kForeignPool));
  world.interrupted_jobs->rate_factor.value = 0;
  CHECK_FALSE(may_stop(world, job, kForeignPool));
  world.interrupted_jobs->rate_factor.value = 1;
  world.reliabilities[0].modes[0].each.value = PerSecond{};
  CHECK_FALSE(may_stop(world, job, kForeignPool));
  world.reliabilities[0].planned.value = PerSecond{1e-6};
  CHECK(may_stop(world, job, kForeignPool));
  world.interrupted_jobs.reset();
  CHECK_FALSE(may_stop(world, job, kForeignPool));
}

TEST_CASE("placed_run: a reliability that is named holds for all pools", "[training][run]") {
  World world = interrupted_world(100, 0);
  world.reliabilities.push_back(small_reliability(1_hours, 4));
  CHECK(reliability_of(world, kForeignPool) == &world.reliabilities[0]);
  world.interrupted_jobs->reliability = 1;
  CHECK(reliability_of(world, kForeignPool) == &world.reliabilities[1]);
}

}  // namespace
}  // namespace chokepoint
