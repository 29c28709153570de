#pragma once

#include <optional>

#include "tools/policy/book.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

/// Which days and whose a timeline holds.
struct TimelineChoice {
  std::optional<Date> from, to;  ///< First and last day; unset: from the first, to the last.
  std::optional<Country> government;
};

/// Announcements, effects, ends and suspensions of all rules and exceptions, and events, in order
/// of date; those of one day by government, then as written. What is announced on the day on which
/// it takes effect is told once. Rules that are off do not take effect.
Table policy_timeline(const PolicyBook& book, const TimelineChoice& choice);

}  // namespace chokepoint
