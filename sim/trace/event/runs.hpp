#pragma once

#include "models/ids.hpp"
#include "models/training/run/reliability.hpp"
#include "models/training/run/run_phase.hpp"
#include "models/units.hpp"
#include "sim/trace/event/timeline.hpp"

namespace chokepoint {

/// A run that may be interrupted does something; phases fill its time.
struct RunPhaseBegan {
  static constexpr TraceLevel kLevel = TraceLevel::Job;
  static constexpr Timeline kTimeline = Timeline::SliceBegin;
  Seconds time;
  JobId job;
  RunPhase phase = RunPhase::Restart;
  bool operator==(const RunPhaseBegan&) const = default;
};
struct RunPhaseEnded {
  static constexpr TraceLevel kLevel = TraceLevel::Job;
  static constexpr Timeline kTimeline = Timeline::SliceEnd;
  Seconds time;
  JobId job;
  RunPhase phase = RunPhase::Restart;
  bool operator==(const RunPhaseEnded&) const = default;
};
/// Something stopped a run.
struct RunInterrupted {
  Seconds time;
  JobId job;
  FailureScope scope = FailureScope::Devices;
  bool is_broken = false;        ///< A server is of no use until it is repaired.
  Tokens lost;                   ///< Trained since the last safe checkpoint.
  bool checkpoint_lost = false;  ///< One was being written, and is of no use.
  bool operator==(const RunInterrupted&) const = default;
};
/// A checkpoint is safe: nothing before it can be lost.
struct RunSaved {
  static constexpr TraceLevel kLevel = TraceLevel::Job;
  Seconds time;
  JobId job;
  Tokens trained;  ///< Up to it.
  bool operator==(const RunSaved&) const = default;
};

/// What becomes of a run that may be interrupted.
using RunEvents = EventList<RunPhaseBegan, RunPhaseEnded, RunInterrupted, RunSaved>;

}  // namespace chokepoint
