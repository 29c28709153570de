#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "models/serving/nanoseconds.hpp"
#include "models/training/run/long_run.hpp"
#include "models/training/run/run_phase.hpp"

namespace chokepoint {

/// What stopped a run.
struct RunInterruption {
  Nanoseconds at = 0;
  FailureScope scope = FailureScope::Devices;
  std::size_t failure = 0;       ///< Index into LongRun::failures.
  bool is_broken = false;        ///< A server is of no use until it is repaired.
  Nanoseconds lost = 0;          ///< Training since the last safe checkpoint.
  bool checkpoint_lost = false;  ///< One was being written.
  Nanoseconds kept_work = 0;     ///< Of all the run so far.
};

/// Hears of a run as it goes, in order of time.
class RunObserver {
public:
  virtual ~RunObserver() = default;
  virtual void entered(RunPhase phase, Nanoseconds at) = 0;
  virtual void left(RunPhase phase, Nanoseconds at) = 0;
  virtual void interrupted(const RunInterruption& what) = 0;
  /// A checkpoint is safe: `work` of the run is done and cannot be lost.
  virtual void saved(Nanoseconds at, Nanoseconds work) = 0;
};

/// What became of one run. In nanoseconds, so that all of it adds up:
///
///   wall = sum of phases,   phases[Train] = work + slowed + lost
struct PlayedRun {
  Nanoseconds wall = 0, work = 0, slowed = 0, lost = 0;
  std::array<Nanoseconds, kRunPhases> phases{};
  std::int64_t interruptions = 0, planned_stops = 0, checkpoints = 0;
  std::int64_t broken = 0, waits = 0;  ///< Servers; and those for which no spare was left.
  bool is_finished = false;

  Nanoseconds of(RunPhase phase) const { return phases[static_cast<std::size_t>(phase)]; }
  double goodput() const { return static_cast<double>(work) / static_cast<double>(wall); }
};

/// A run is given up after so many interruptions, or where its time nears what nanoseconds count.
inline constexpr std::int64_t kMostInterruptions = 1'000'000;

/// Plays `run` with draws of `seed`, to its end or until it is given up. Times of `run` count to
/// the nearest nanosecond. Same run, seed and name of the streams, same events. `observer` may be
/// null.
PlayedRun play_run(const LongRun& run, std::uint64_t seed, RunObserver* observer = nullptr,
                   const std::string& streams = "run");

}  // namespace chokepoint
