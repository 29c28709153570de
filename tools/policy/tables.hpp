#pragma once

#include <optional>
#include <vector>

#include "tools/policy/book.hpp"
#include "tools/policy/route.hpp"
#include "tools/print/table.hpp"

// Rules, and what is judged by them, as tables; each in the source of its name.

namespace chokepoint {

/// Which rules and exceptions a list holds.
struct ListChoice {
  std::optional<Country> government;  ///< Unset: all.
  std::optional<Date> date;           ///< On which their state is told; unset: none.
};

/// A row per rule and exception, by government, then by the day on which they take effect, then as
/// written.
Table policy_list(const PolicyBook& book, const ListChoice& choice);

/// Which days and whose a timeline holds.
struct TimelineChoice {
  std::optional<Date> from, to;  ///< First and last day; unset: from the first, to the last.
  std::optional<Country> government;
};

/// Announcements, effects, ends and suspensions of all rules and exceptions, and events, in order
/// of date; those of one day by government, then as written. What is announced on the day on which
/// it takes effect is told once. Rules that are off do not take effect.
Table policy_timeline(const PolicyBook& book, const TimelineChoice& choice);

/// Columns of the attributes that rules ask for most, and their values.
std::vector<Column> attribute_columns();
std::vector<Cell> attribute_cells(const Item& item);

/// What both governments say of each thing of the category that the way asks for, of chips where it
/// asks for none. In files, verdicts are as the schema writes them.
Table policy_table(const PolicyBook& book, const ShipmentRoute& route, Date date);

}  // namespace chokepoint
