#pragma once

#include "models/training/run/long_run.hpp"

namespace chokepoint {

/// What becomes of a run in the mean.
struct RunExpectation {
  double goodput = 0;  ///< Training that is kept, at full speed, over all of the time.
  Seconds wall;        ///< To the end; infinite where goodput is 0.
  double interruptions = 0, planned_stops = 0;  ///< Until then.
  /// Shares of the time, which add up to 1 with goodput.
  double slowed = 0, lost = 0, saving = 0, restarting = 0, unnoticed = 0, waiting = 0, planned = 0;
};

/// By renewal: from one recovery to the next the gang lasts U, Weibull of mean M, of which the
/// restart R and checkpoints take their part, and is then down for D and W. Checkpoint i is safe
/// R + i (interval + stall) + lag after the start, so that
///
///   kept = interval * sum over i > 0 of P(U > R + i (interval + stall) + lag)
///   goodput = speed / ((M + D + W) / kept + speed planned (lag + planned_stop + R))
///   W = broken share * B(spares, breaks * repair) * repair / (spares + 1)
///
/// B is Erlang's loss formula for servers in repair. With shape 1 the sum is
/// e^(-(R + lag)/M) / (e^((interval + stall)/M) - 1), as Daly has it. speed is the mean over starts
/// with a slow server and without.
///
/// Exact for exponential repairs far from the ends of a run, but for W: breaks of servers come at
/// random in it, whether the gang was down before or not.
/// Source: Daly 2006 (see young_daly_interval); renewal reward, Ross, Stochastic Processes, 1996.
RunExpectation expected_run(const LongRun& run);

/// Erlang's loss formula: the chance that all of `servers` are busy under an offered load.
/// Requires: load >= 0.
double erlang_loss(std::int64_t servers, double load);

/// The same with `servers`, from that with one fewer.
double next_erlang_loss(double loss, std::int64_t servers, double load);

}  // namespace chokepoint
