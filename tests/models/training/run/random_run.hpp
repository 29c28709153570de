#pragma once

#include "models/training/run/long_run.hpp"
#include "tests/models/performance/random_serving.hpp"

namespace chokepoint {

/// A number from low to high, evenly.
inline double any_real(double low, double high) {
  return low + (high - low) * (*rc::gen::inRange(0, 10'001) / 10'000.0);
}

/// A run of a month that is interrupted every few hours, with everything that a run may have.
inline LongRun any_run() {
  LongRun run;
  run.work = 30_days;
  run.interval = Seconds{any_real(300, 5'000)};
  run.checkpoint = {Seconds{any_real(0, 60)}, Seconds{any_real(0, 300)}, Seconds{10}};
  const double rate = 1 / any_real(4 * 3'600, 200 * 3'600);
  run.failures = {{FailureScope::Devices, PerSecond{0.5 * rate}, any_real(0, 1)},
                  {FailureScope::Nodes, PerSecond{0.2 * rate}, any_real(0, 1)},
                  {FailureScope::Run, PerSecond{0.3 * rate}, 0}};
  run.noticed = Seconds{any_real(0, 1'800)};
  run.restart = Seconds{any_real(0, 900)};
  run.planned = PerSecond{any_real(0, 1) / 86'400};
  run.planned_stop = Seconds{any_real(0, 3'600)};
  run.spares = *rc::gen::inRange(0, 6);
  run.repair = Seconds{any_real(3'600, 3 * 86'400)};
  run.slow_chance = any_real(0, 1);
  run.slow_delay = any_real(0, 0.3);
  return run;
}

}  // namespace chokepoint
