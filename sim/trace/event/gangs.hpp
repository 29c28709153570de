#pragma once

#include <string_view>

#include "models/cluster/queue_observer.hpp"
#include "models/ids.hpp"
#include "models/units.hpp"
#include "sim/trace/event/timeline.hpp"

namespace chokepoint {

/// A job of a log takes devices of a node. Names are not the fact's own, as in all facts, which are
/// copied in bulk: they last as long as who tells of it, and for good where a trace was read.
struct NodeHeld {
  static constexpr TraceLevel kLevel = TraceLevel::Job;
  static constexpr Timeline kTimeline = Timeline::SliceBegin;
  Seconds time;
  PoolId pool;
  int node = 0;           ///< Of the pool, from 0.
  std::string_view gang;  ///< The job, as its log names it.
  int devices = 0;        ///< Of this node,
  int all_devices = 0;    ///< and of all its nodes.
  bool operator==(const NodeHeld&) const = default;
};
struct NodeLeft {
  static constexpr TraceLevel kLevel = TraceLevel::Job;
  static constexpr Timeline kTimeline = Timeline::SliceEnd;
  Seconds time;
  PoolId pool;
  int node = 0;
  std::string_view gang;
  HoldEnd why = HoldEnd::Finished;
  bool operator==(const NodeLeft&) const = default;
};
struct NodeFailed {
  static constexpr Timeline kTimeline = Timeline::SliceBegin;
  Seconds time;
  PoolId pool;
  int node = 0;
  std::string_view cause;  ///< Name of the failure mode.
  bool is_broken = false;  ///< Until it is repaired; else until the failure is understood.
  bool operator==(const NodeFailed&) const = default;
};
struct NodeReturned {
  static constexpr Timeline kTimeline = Timeline::SliceEnd;
  Seconds time;
  PoolId pool;
  int node = 0;
  bool operator==(const NodeReturned&) const = default;
};

/// Nobody at the site writes or reads checkpoints from now on.
struct StorageFailed {
  Seconds time;
  SiteId site;
  std::string_view cause;  ///< Name of the failure mode.
  bool operator==(const StorageFailed&) const = default;
};
struct StorageReturned {
  Seconds time;
  SiteId site;
  bool operator==(const StorageReturned&) const = default;
};

/// Which jobs of a log hold which nodes, and which nodes and storages fail.
using GangEvents =
    EventList<NodeHeld, NodeLeft, NodeFailed, NodeReturned, StorageFailed, StorageReturned>;

}  // namespace chokepoint
