#include "models/training/run/long_run.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "models/training/run/goodput.hpp"
#include "tests/models/training/run/random_run.hpp"

namespace chokepoint {
namespace {

ReliabilitySpec small_reliability() {
  ReliabilitySpec spec;
  spec.modes = {{"gpu", FailureScope::Devices, {PerSecond{1e-9}, {}}, {0.5, {}}},
                {"bug", FailureScope::Run, {PerSecond{1e-5}, {}}, {0.0, {}}}};
  spec.lemon_factor.value = 3;
  spec.repair.value = 24_hours;
  spec.slow_node_share.value = 0.01;
  spec.slow_node_delay.value = 0.1;
  return spec;
}

RecoverySpec small_recovery() {
  RecoverySpec spec;
  spec.detection.value = Seconds{100}, spec.diagnosis.value = Seconds{200};
  spec.restart.value = Seconds{60}, spec.init_per_device.value = Seconds{0.01};
  spec.storage_per_node.value = 1_GBps, spec.snapshot.value = 10_GBps;
  return spec;
}

const RunTask kTask{{1'024, 8}, Seconds{10}, 30_days, Bytes{1'280e9}};

TEST_CASE("long run: its times follow from its size", "[training][run]") {
  const LongRun run = long_run(kTask, small_reliability(), small_recovery(), {});
  CHECK(run.failure_rate().value == Approx(1'024 * 1e-9 + 1e-5));
  CHECK(run.noticed == Seconds{300});
  // 1280 GB at 128 servers of 1 GB/s are 10 s; processes 60 s, groups 10.24 s.
  CHECK(run.checkpoint.lag == Seconds{10});
  CHECK(run.restart.value == Approx(60 + 10.24 + 10));
  CHECK(run.slow_chance == 0.0);
}

TEST_CASE("law: an interval is whole steps and lets each checkpoint be safe",
          "[training][run][law]") {
  CHECK(rc::check([] {
    RunTask task = kTask;
    task.step = Seconds{any::number(0.1, 100)};
    task.checkpoint = Bytes{any::number(1e9, 1e14)};
    LongRunSettings settings;
    if (*rc::gen::arbitrary<bool>()) settings.checkpoint_every = Seconds{any_real(1, 10'000)};
    if (*rc::gen::arbitrary<bool>()) settings.checkpoint_mode = CheckpointMode::Blocking;
    const LongRun run = long_run(task, small_reliability(), small_recovery(), settings);
    const double steps = run.interval / task.step;
    RC_ASSERT(std::abs(steps - std::round(steps)) < 1e-6);
    RC_ASSERT(run.interval >= task.step);
    RC_ASSERT(run.interval >= run.checkpoint.lag);
  }));
}

TEST_CASE("long run: what one sets takes the place of what follows", "[training][run]") {
  LongRunSettings settings;
  settings.mean_to_interruption = 2_hours;
  settings.storage = 64_GBps;
  settings.with_slow_nodes = true;
  settings.checkpoint_every = Seconds{104};
  LongRun run = long_run(kTask, small_reliability(), small_recovery(), settings);
  CHECK(run.mean_to_interruption()->value == Approx(7'200));
  CHECK(run.checkpoint.lag.value == Approx(20));
  CHECK(run.slow_chance == Approx(1 - std::pow(0.99, 128)));
  CHECK(run.interval == Seconds{100});
  settings.network_per_node = BytesPerSecond{0.25e9};
  run = long_run(kTask, small_reliability(), small_recovery(), settings);
  CHECK(run.checkpoint.lag.value == Approx(40));
}

TEST_CASE("long run: lemons are of hardware", "[training][run]") {
  LongRunSettings settings;
  settings.with_lemons = true;
  const LongRun run = long_run(kTask, small_reliability(), small_recovery(), settings);
  CHECK(run.failures[0].rate.value == Approx(3 * 1'024 * 1e-9));
  CHECK(run.failures[1].rate.value == Approx(1e-5));
}

TEST_CASE("long run: where nobody says how many, one break in a hundred waits", "[training][run]") {
  const LongRun run = long_run(kTask, small_reliability(), small_recovery(), {});
  // Half of 1024 devices' failures break a server, which is away for a day.
  const double load = 0.5 * 1'024 * 1e-9 * 86'400;
  CHECK(run.spares == enough_spares(run));
  CHECK(erlang_loss(run.spares, load) <= 0.01);
  CHECK(erlang_loss(run.spares - 1, load) > 0.01);
  LongRunSettings none;
  none.spares = 0;
  CHECK(long_run(kTask, small_reliability(), small_recovery(), none).spares == 0);
}

TEST_CASE("long run: where nothing fails, one checkpoint is the end", "[training][run]") {
  ReliabilitySpec never = small_reliability();
  never.modes.clear();
  const LongRun run = long_run(kTask, never, small_recovery(), {});
  CHECK_FALSE(run.mean_to_interruption());
  CHECK(run.spares == 0);
  CHECK(run.interval.value == Approx(run.work.value));
}

}  // namespace
}  // namespace chokepoint
