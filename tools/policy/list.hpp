#pragma once

#include <optional>

#include "tools/policy/book.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

/// Which rules and exceptions a list holds.
struct ListChoice {
  std::optional<Country> government;  ///< Unset: all.
  std::optional<Date> date;           ///< On which their state is told; unset: none.
};

/// A row per rule and exception, by government, then by the day on which they take effect, then as
/// written.
Table policy_list(const PolicyBook& book, const ListChoice& choice);

}  // namespace chokepoint
