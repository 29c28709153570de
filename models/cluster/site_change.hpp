#pragma once

#include <optional>
#include <string>

#include "models/calendar.hpp"
#include "models/ids.hpp"
#include "models/sourced.hpp"

namespace chokepoint {

/// What becomes of nodes of a pool on a day.
enum class PoolChangeKind {
  Arrive,      ///< They are not there before.
  Drain,       ///< They take no new job, and leave when the jobs on them have ended.
  Close,       ///< They are gone, and jobs on them stop as if by a failure.
  SupportEnds  ///< The pool takes no job that is submitted then or later.
};

/// A day, or a time after the first job of a log comes; one of the two where it is said at all.
struct ChangeTime {
  std::optional<Moment> moment;
  std::optional<Seconds> after;

  bool is_said() const { return moment.has_value() || after.has_value(); }
};

/// A change that a site states.
struct SiteChange {
  std::string name;
  PoolId pool;
  PoolChangeKind kind = PoolChangeKind::Arrive;
  ChangeTime on;
  ChangeTime until;       ///< Drain, Close: when nodes are back; not said: never.
  ChangeTime known;       ///< When the queue gets to know it; not said: before the log begins.
  Sourced<double> nodes;  ///< But for SupportEnds: >= 1.
  std::optional<int> first_node;  ///< Drain, Close; unset: the last ones.
  bool is_refused = false;        ///< Arrive: they never come.
  std::string because;
};

}  // namespace chokepoint
