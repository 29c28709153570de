#pragma once

#include "models/ids.hpp"
#include "models/units.hpp"
#include "sim/trace/event/timeline.hpp"

namespace chokepoint {

struct JobQueued {
  Seconds time;
  JobId job;
  bool operator==(const JobQueued&) const = default;
};
struct JobPlaced {
  Seconds time;
  JobId job;
  PoolId pool;
  int nodes = 0;
  TokensPerSecond throughput;  ///< Of the whole gang.
  bool operator==(const JobPlaced&) const = default;
};
struct SegmentBegan {
  static constexpr TraceLevel kLevel = TraceLevel::Job;
  static constexpr Timeline kTimeline = Timeline::SliceBegin;
  Seconds time;
  JobId job;
  bool operator==(const SegmentBegan&) const = default;
};
struct SegmentEnded {
  static constexpr TraceLevel kLevel = TraceLevel::Job;
  static constexpr Timeline kTimeline = Timeline::SliceEnd;
  Seconds time;
  JobId job;
  Tokens tokens;
  bool operator==(const SegmentEnded&) const = default;
};
struct CheckpointSent {
  static constexpr TraceLevel kLevel = TraceLevel::Job;
  Seconds time;
  JobId job;
  SiteId from, to;
  Bytes size;
  bool operator==(const CheckpointSent&) const = default;
};
struct CheckpointArrived {
  static constexpr TraceLevel kLevel = TraceLevel::Job;
  Seconds time;
  JobId job;
  SiteId from, to;
  Bytes size;
  bool operator==(const CheckpointArrived&) const = default;
};
struct JobFinished {
  Seconds time;
  JobId job;
  bool operator==(const JobFinished&) const = default;
};
/// The run ended before the job did, whether it was waiting or training.
struct JobUnfinished {
  Seconds time;
  JobId job;
  Tokens done;
  bool operator==(const JobUnfinished&) const = default;
};

/// A service took nodes of the gang back that it had lent; the job waits again.
struct JobTakenBack {
  Seconds time;
  JobId job;
  PoolId pool;
  Tokens lost;  ///< Trained since the last checkpoint; 0: all was saved.
  bool operator==(const JobTakenBack&) const = default;
};
/// A rule lets its owner work in the pool no longer; the job waits again.
struct JobShutOut {
  Seconds time;
  JobId job;
  PoolId pool;
  Tokens lost;  ///< As above.
  bool operator==(const JobShutOut&) const = default;
};

/// One demand window of one service, recorded when it ends.
struct WindowServed {
  static constexpr TraceLevel kLevel = TraceLevel::Job;
  Seconds time;
  ServiceId service;
  Seconds length;
  Tokens demand, capacity, served, unmet;
  bool operator==(const WindowServed&) const = default;
};

/// What jobs and services do.
using JobEvents =
    EventList<JobQueued, JobPlaced, SegmentBegan, SegmentEnded, CheckpointSent, CheckpointArrived,
              JobFinished, JobUnfinished, JobTakenBack, JobShutOut, WindowServed>;

}  // namespace chokepoint
