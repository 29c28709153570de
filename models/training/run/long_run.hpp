#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "models/training/run/checkpoint.hpp"
#include "models/training/run/reliability.hpp"

namespace chokepoint {

/// One kind of interruption of a run.
struct RunFailure {
  FailureScope scope = FailureScope::Devices;
  PerSecond rate;           ///< While the gang is up: starts, trains or saves.
  double broken_share = 0;  ///< After which a server has to be replaced.
};

/// A run of one gang, with all that may stop it.
///
/// The gang starts, trains for `interval`, stalls for a checkpoint, and so on. An interruption
/// throws it back to the last checkpoint that is safe; it stands until that is noticed and
/// understood, takes a spare server where one is broken, or waits for the first that is repaired,
/// and starts again, which may be interrupted as well. Each start draws a new time to the next
/// interruption, and whether one of its servers is slow: the gang runs at the slowest. Planned
/// stops wait for a checkpoint, and nothing fails in them.
struct LongRun {
  Seconds work;      ///< Of training, if nothing ever stopped it; > 0.
  Seconds interval;  ///< > 0, >= checkpoint.lag.
  CheckpointCost checkpoint;
  std::vector<RunFailure> failures;
  double weibull_shape = 1;
  Seconds noticed;  ///< Detection and diagnosis.
  Seconds restart;  ///< Processes, groups of communication and reading the checkpoint.
  PerSecond planned;
  Seconds planned_stop;  ///< But for the restart.
  std::int64_t spares = 0;
  Seconds repair;          ///< Mean, exponential; > 0 where failures break servers.
  double slow_chance = 0;  ///< That a start has a slow server.
  double slow_delay = 0;   ///< Of time, where it has one.

  PerSecond failure_rate() const;
  /// Seconds to an interruption, in the mean; nothing where none ever comes.
  std::optional<Seconds> mean_to_interruption() const;
};

/// What changes about a run beside what the catalogue says of its devices.
struct LongRunSettings {
  std::optional<std::int64_t> spares;       ///< Else as enough_spares() says.
  std::optional<Seconds> checkpoint_every;  ///< Of training; else as young_daly_interval() says.
  CheckpointMode checkpoint_mode = CheckpointMode::Asynchronous;
  std::optional<Seconds> mean_to_interruption;     ///< Of the whole gang, all causes together.
  std::optional<BytesPerSecond> storage;           ///< Of the whole gang.
  std::optional<BytesPerSecond> network_per_node;  ///< No server writes faster.
  bool with_lemons = false;      ///< Servers that fail again and again are not sought.
  bool with_slow_nodes = false;  ///< Nor are those that are slow.
};

/// What is trained.
struct RunTask {
  GangSize gang;
  Seconds step;      ///< > 0.
  Seconds work;      ///< > 0.
  Bytes checkpoint;  ///< > 0.
};

/// The run of `task` on what fails as `reliability` says and goes on as `recovery` says. The
/// interval is a whole number of steps, at least one, and lets each checkpoint be safe before the
/// next; where nothing ever fails it is the whole run.
LongRun long_run(const RunTask& task, const ReliabilitySpec& reliability,
                 const RecoverySpec& recovery, const LongRunSettings& settings);

/// The fewest spare servers with which at most one break in a hundred waits for a repair.
std::int64_t enough_spares(const LongRun& run);

/// Chance that one of `nodes` is slow, where each is with `share`.
double chance_of_slow(double share, int nodes);

}  // namespace chokepoint
