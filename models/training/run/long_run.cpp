#include "models/training/run/long_run.hpp"

#include <algorithm>
#include <cmath>

#include "models/training/run/goodput.hpp"

namespace chokepoint {
namespace {

std::vector<RunFailure> failures_of(const RunTask& task, const ReliabilitySpec& reliability,
                                    const LongRunSettings& settings) {
  std::vector<RunFailure> made;
  PerSecond total;
  for (const FailureMode& mode : reliability.modes) {
    PerSecond rate = gang_rate(mode, task.gang, reliability);
    const bool is_hardware = mode.scope != FailureScope::Run;
    if (settings.with_lemons && is_hardware) rate = rate * reliability.lemon_factor.value;
    total += rate;
    made.push_back({mode.scope, rate, mode.broken_share.value});
  }
  if (settings.mean_to_interruption && total > PerSecond{}) {
    const double scale = 1.0 / (total * *settings.mean_to_interruption);
    for (RunFailure& one : made) one.rate = one.rate * scale;
  }
  return made;
}

// In whole steps, each checkpoint safe before the next.
Seconds interval_of(const LongRun& run, const RunTask& task, const LongRunSettings& settings) {
  const auto mean = run.mean_to_interruption();
  Seconds wanted = task.work;
  if (settings.checkpoint_every) {
    wanted = *settings.checkpoint_every;
  } else if (mean) {
    wanted = young_daly_interval(run.checkpoint.stall, *mean);
  }
  const double steps = std::max(1.0, std::round(wanted / task.step));
  const double safe = std::ceil(run.checkpoint.lag / task.step);
  return task.step * std::max(steps, safe);
}

}  // namespace

PerSecond LongRun::failure_rate() const {
  PerSecond total;
  for (const RunFailure& one : failures) total += one.rate;
  return total;
}

std::optional<Seconds> LongRun::mean_to_interruption() const {
  const PerSecond rate = failure_rate();
  return rate > PerSecond{} ? std::optional(Seconds{1.0 / rate.value}) : std::nullopt;
}

std::int64_t enough_spares(const LongRun& run) {
  constexpr double kFewWait = 0.01;
  double load = 0;
  for (const RunFailure& one : run.failures) load += one.rate * run.repair * one.broken_share;
  if (load == 0) return 0;
  std::int64_t spares = 0;
  for (double loss = 1; loss > kFewWait;) loss = next_erlang_loss(loss, ++spares, load);
  return spares;
}

double chance_of_slow(double share, int nodes) {
  return -std::expm1(nodes * std::log1p(-share));
}

LongRun long_run(const RunTask& task, const ReliabilitySpec& reliability,
                 const RecoverySpec& recovery, const LongRunSettings& settings) {
  const GangSize& gang = task.gang;
  BytesPerSecond storage = recovery.storage_per_node.value;
  if (settings.storage) storage = *settings.storage / gang.nodes();
  if (settings.network_per_node) storage = std::min(storage, *settings.network_per_node);
  LongRun run;
  run.work = task.work;
  run.failures = failures_of(task, reliability, settings);
  run.weibull_shape = reliability.weibull_shape.value;
  run.checkpoint = checkpoint_cost(task.checkpoint, gang, settings.checkpoint_mode, storage,
                                   recovery.snapshot.value);
  run.noticed = recovery.detection.value + recovery.diagnosis.value;
  run.restart =
      recovery.restart.value + recovery.init_per_device.value * gang.devices + run.checkpoint.read;
  run.planned = reliability.planned.value;
  run.planned_stop = recovery.planned.value;
  run.repair = reliability.repair.value;
  run.spares = settings.spares.value_or(enough_spares(run));
  if (settings.with_slow_nodes) {
    run.slow_chance = chance_of_slow(reliability.slow_node_share.value, gang.nodes());
    run.slow_delay = reliability.slow_node_delay.value;
  }
  run.interval = interval_of(run, task, settings);
  return run;
}

}  // namespace chokepoint
