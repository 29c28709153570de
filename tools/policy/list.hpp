#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/policy/book.hpp"

namespace chokepoint {

/// Which rules and exceptions a list holds.
struct ListChoice {
  std::optional<Country> government;  ///< Unset: all.
  std::optional<Date> date;           ///< On which their state is told; unset: none.
};

/// One rule or exception.
struct ListRow {
  std::string name, title;
  bool is_exception = false;
  Country government;
  Standing standing = Standing::Law;
  Date from;
  std::optional<Date> until;
  Verdict verdict = Verdict::Free;
  bool enabled = true;
  std::optional<State> state;  ///< On the day of the choice.
};

/// By government, then by the day on which they take effect, then as written.
std::vector<ListRow> policy_list(const PolicyBook& book, const ListChoice& choice);

/// A line per row.
std::string list_text(const std::vector<ListRow>& rows);

/// As JSON with schema "chokepoint.policy.list/1".
std::string list_json(const std::vector<ListRow>& rows);

}  // namespace chokepoint
