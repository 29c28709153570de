#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

/// What a column says of a request.
enum class LogRole { Arrival, Prompt, Output, Blocks, Session, Parent, Turn };
inline constexpr std::size_t kLogRoles = 7;

/// "arrival", "prompt", "output", "blocks", "session", "parent", "turn".
std::string_view name(LogRole role);
std::optional<LogRole> log_role_named(std::string_view name);

/// Units of arrival times.
enum class TimeUnit { Second, Millisecond, Microsecond, Nanosecond };
/// "s", "ms", "us", "ns".
std::string_view name(TimeUnit unit);
std::optional<TimeUnit> time_unit_named(std::string_view name);
/// Of a word in which the name of a column may end, such as "ms", "msec" and "milliseconds".
std::optional<TimeUnit> time_unit_meant(std::string_view word);

/// Which column has each role, where a person says so; the others go by their names.
using NamedColumns = std::map<LogRole, std::string>;

/// What the name of a column says.
struct ColumnMeaning {
  std::optional<LogRole> role;
  std::optional<TimeUnit> unit;  ///< Where the name ends in one, such as "timestamp_ms".
  std::size_t rank = 0;          ///< Of two columns of one role the one of lower rank has it.
};

/// The meaning of the column `name`, in any case and with any of ' ', '_', '-' and '.' between its
/// words. The name of a role means it, after all other names of it. Nothing of an unknown name.
/// Where `named` gives a role to a column, no other has it.
ColumnMeaning meaning_of(std::string_view name, const NamedColumns& named);

/// Columns by role. Of what has no column: nothing.
struct ColumnChoice {
  struct Column {
    std::string name;
    std::size_t index = 0;
    std::optional<TimeUnit> unit;
  };
  std::array<std::optional<Column>, kLogRoles> by_role;

  const std::optional<Column>& operator[](LogRole role) const {
    return by_role[static_cast<std::size_t>(role)];
  }
};

/// Chooses among columns of these names.
ColumnChoice chosen_columns(const std::vector<std::string>& names, const NamedColumns& named);

/// The first of these columns that has the name of one before it, however it is spelled, and that
/// counts: nobody can tell which of both is meant.
std::optional<std::size_t> repeated_column(const std::vector<std::string>& names,
                                           const NamedColumns& named);

/// True where a column of that name is there, however it is spelled.
bool has_column(const std::vector<std::string>& names, std::string_view name);

}  // namespace chokepoint
