#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "sim/logs/columns.hpp"

namespace chokepoint {

/// A time as a log writes it, in nanoseconds: since 1970 of dates, else since whatever moment the
/// log counts from.
struct LogTime {
  std::int64_t nanoseconds = 0;
  bool is_date = false;
};

/// Why a text is no time: what is wrong, as it goes on after "timestamp ".
struct NoTime {
  std::string wrong;
};

/// Reads a number in `unit`, exactly to the nanosecond, or a date with a time of day as ISO 8601
/// and its relatives write it: "2023-11-16 18:17:03.9799600", "2024-05-10T00:00:00.0099+00:00",
/// "2024/05/10 00:00:00Z"; without a zone it is UTC.
std::variant<LogTime, NoTime> read_time(std::string_view text, TimeUnit unit);

/// The unit of a number of a clock that counts from 1970: by its size, nothing below 1e9, which is
/// no such clock in this century.
std::optional<TimeUnit> unit_of_epoch(std::string_view number);

}  // namespace chokepoint
