#include "models/training/run/goodput.hpp"

#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

namespace chokepoint {
namespace {

constexpr int kExactTerms = 4096;  // Of a sum; an integral goes on where more are needed.
constexpr double kNoTerm = 1e-15;

// The time to an interruption.
struct Uptime {
  double mean, shape;

  double scale() const { return mean / std::tgamma(1 + 1 / shape); }
  double survival(double time) const {
    return shape == 1 ? std::exp(-time / mean) : std::exp(-std::pow(time / scale(), shape));
  }
  // Integral of survival from `time` on.
  double beyond(double time) const {
    return mean * boost::math::gamma_q(1 / shape, std::pow(time / scale(), shape));
  }
};

// Sum over i > 0 of the chance to outlast first + i * step.
double outlasted(const Uptime& up, double first, double step) {
  if (up.shape == 1) return std::exp(-first / up.mean) / std::expm1(step / up.mean);
  double sum = 0;
  for (int i = 1; i <= kExactTerms; ++i) {
    const double term = up.survival(first + i * step);
    sum += term;
    if (term < kNoTerm) return sum;
  }
  return sum + up.beyond(first + (kExactTerms + 0.5) * step) / step;
}

double broken_share(const LongRun& run) {
  PerSecond broken;
  for (const RunFailure& one : run.failures) broken += one.rate * one.broken_share;
  return broken / run.failure_rate();
}

// Of one interruption for a server, where the time from one to the next is `cycle` without it.
Seconds wait_for_server(const LongRun& run, Seconds cycle) {
  const double share = broken_share(run);
  if (share == 0) return Seconds{};
  const double load = share * (run.repair / cycle);
  return run.repair * (share * erlang_loss(run.spares, load) / double(run.spares + 1));
}

// Of a cycle, stalls that an interruption cuts short included.
Seconds stalled(const LongRun& run, const Uptime& up, Seconds step) {
  const Seconds stall = run.checkpoint.stall;
  if (stall == Seconds{}) return Seconds{};
  const double begun = outlasted(up, (run.restart - stall).value, step.value);
  if (up.shape == 1) return Seconds{-up.mean * std::expm1(-stall.value / up.mean) * begun};
  return stall * ((begun + outlasted(up, run.restart.value, step.value)) / 2);
}

RunExpectation uninterrupted(const LongRun& run, double speed, Seconds per_planned) {
  const Seconds whole = run.interval + run.checkpoint.stall;
  const double of_training = whole / run.interval / speed;
  const double of_work = of_training + run.planned * per_planned;
  RunExpectation made;
  made.goodput = 1 / of_work;
  made.wall = run.work * of_work + run.restart;
  made.planned_stops = run.planned * run.work;
  made.slowed = (1 / speed - 1) / of_work;
  made.saving = run.checkpoint.stall / run.interval / speed / of_work;
  made.planned = run.planned * per_planned / of_work;
  return made;
}

}  // namespace

double next_erlang_loss(double loss, std::int64_t servers, double load) {
  return load * loss / (static_cast<double>(servers) + load * loss);
}

double erlang_loss(std::int64_t servers, double load) {
  double loss = 1;
  for (std::int64_t i = 1; i <= servers && loss > 0; ++i) loss = next_erlang_loss(loss, i, load);
  return loss;
}

RunExpectation expected_run(const LongRun& run) {
  const double speed = 1 - run.slow_chance + run.slow_chance / (1 + run.slow_delay);
  const Seconds per_planned = run.checkpoint.lag + run.planned_stop + run.restart;
  const auto mean = run.mean_to_interruption();
  if (!mean) return uninterrupted(run, speed, per_planned);
  const Seconds step = run.interval + run.checkpoint.stall;
  const Uptime up{mean->value, run.weibull_shape};
  const double kept_intervals = outlasted(up, (run.restart + run.checkpoint.lag).value, step.value);
  const Seconds kept = run.interval * kept_intervals;  // Of a cycle, at the speed it has.
  const Seconds work = kept * speed;
  const Seconds planned = per_planned * (run.planned * work);
  const Seconds without = *mean + run.noticed + planned;
  const Seconds wait = wait_for_server(run, without);
  const Seconds cycle = without + wait;
  RunExpectation made;
  made.goodput = work / cycle;
  const double of_work = run.work / work;  // Infinite where none is kept.
  const double of_first_start = 1 / up.survival(run.restart.value) - 1;
  made.interruptions = of_work + of_first_start;
  made.wall = of_work * cycle + of_first_start * (*mean + run.noticed + wait);
  made.planned_stops = run.planned * run.work;
  made.slowed = (kept - work) / cycle;
  made.saving = stalled(run, up, step) / cycle;
  made.restarting = Seconds{up.mean - up.beyond(run.restart.value)} / cycle;
  made.unnoticed = run.noticed / cycle;
  made.waiting = wait / cycle;
  made.planned = planned / cycle;
  made.lost = 1 - made.goodput - made.slowed - made.saving - made.restarting - made.unnoticed -
              made.waiting - made.planned;
  return made;
}

}  // namespace chokepoint
