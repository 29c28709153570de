#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/policy/book.hpp"

namespace chokepoint {

/// Which days and whose a timeline holds.
struct TimelineChoice {
  std::optional<Date> from, to;  ///< First and last day; unset: from the first, to the last.
  std::optional<Country> government;
};

/// One thing that happens on a day.
struct Moment {
  Date date;
  Country government;
  std::string what;  ///< "announced", "takes effect", "ends", "suspended", "resumes", "event".
  std::string name, title;
  bool off = false;  ///< Of a rule that is not switched on.
};

/// Announcements, effects, ends and suspensions of all rules and exceptions, and events, in order
/// of date; those of one day by government, then as written. What is announced on the day on which
/// it takes effect is told once. Rules that are off do not take effect.
std::vector<Moment> policy_timeline(const PolicyBook& book, const TimelineChoice& choice);

/// A line per moment.
std::string timeline_text(const std::vector<Moment>& moments);

/// As JSON with schema "chokepoint.policy.timeline/1".
std::string timeline_json(const std::vector<Moment>& moments);

}  // namespace chokepoint
