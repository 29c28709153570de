#pragma once

#include <cstdint>

#include "models/ids.hpp"
#include "models/units.hpp"
#include "sim/trace/event/timeline.hpp"

namespace chokepoint {

/// What becomes of a request in a replica, in order.
enum class RequestPhase {
  Queued,    ///< Until an engine admits it.
  Prefill,   ///< Until its first token.
  Transfer,  ///< Its cache comes from where the prompt was read.
  Decode     ///< From the first token to the last.
};

struct PhaseBegan {
  static constexpr TraceLevel kLevel = TraceLevel::Request;
  static constexpr Timeline kTimeline = Timeline::SliceBegin;
  Seconds time;
  std::uint64_t request = 0;
  ServingPoolId pool;
  int replica = 0;  ///< Of the pool.
  RequestPhase phase = RequestPhase::Queued;
  bool operator==(const PhaseBegan&) const = default;
};
struct PhaseEnded {
  static constexpr TraceLevel kLevel = TraceLevel::Request;
  static constexpr Timeline kTimeline = Timeline::SliceEnd;
  Seconds time;
  std::uint64_t request = 0;
  ServingPoolId pool;
  int replica = 0;
  RequestPhase phase = RequestPhase::Queued;
  bool leaves = false;  ///< The replica, not only the phase.
  bool operator==(const PhaseEnded&) const = default;
};
/// A request was refused at the door, or lost with its replica.
struct RequestDropped {
  static constexpr TraceLevel kLevel = TraceLevel::Request;
  Seconds time;
  std::uint64_t request = 0;
  ServingPoolId pool;
  int replica = 0;
  bool is_lost = false;
  bool operator==(const RequestDropped&) const = default;
};

/// What is sampled of a replica.
enum class ReplicaGauge {
  Queue,  ///< Requests that wait.
  Batch,  ///< Requests that are served.
  Kv      ///< Share of its blocks of cache in use.
};

struct ReplicaSampled {
  static constexpr TraceLevel kLevel = TraceLevel::Request;
  static constexpr Timeline kTimeline = Timeline::Sample;
  Seconds time;
  ServingPoolId pool;
  int replica = 0;
  ReplicaGauge gauge = ReplicaGauge::Queue;
  double value = 0;
  bool operator==(const ReplicaSampled&) const = default;
};

/// What becomes of requests, one by one, and what replicas hold.
using RequestEvents = EventList<PhaseBegan, PhaseEnded, RequestDropped, ReplicaSampled>;

}  // namespace chokepoint
