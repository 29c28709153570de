#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

/// A unit of times in a log of jobs.
struct JobTimeUnit {
  std::string_view name;  ///< "ms", "s", "min" ...
  double milliseconds;    ///< Of one.

  bool operator==(const JobTimeUnit&) const = default;
};

inline constexpr JobTimeUnit kJobSeconds = {"s", 1e3}, kJobMilliseconds = {"ms", 1.0};

/// "ns", "us", "ms", "s", "min", "h", "d", and these written out: "minutes".
std::optional<JobTimeUnit> job_time_unit_named(std::string_view name);

/// Names of the units, the shortest first.
const std::vector<std::string>& job_time_units();

/// A column whose name ends in a unit.
struct TimeColumn {
  std::string_view name;  ///< What is before the unit.
  JobTimeUnit unit;
};

/// Of a name such as "run_minutes" or "submit (ms)", whose last word is a unit; refers to it.
std::optional<TimeColumn> time_column(std::string_view name);

/// The unit of a number that counts from 1970, by its size; nothing where it is none, or seconds.
std::optional<JobTimeUnit> job_time_unit_by_size(std::string_view text);

}  // namespace chokepoint
