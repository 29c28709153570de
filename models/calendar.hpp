#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "models/units.hpp"

namespace chokepoint {

/// Of the mean year, and of a twelfth of it.
inline constexpr double kDaysPerYear = 365.25;
inline constexpr double kDaysPerMonth = kDaysPerYear / 12.0;

/// A civil day, proleptic Gregorian, without time zone.
using Date = std::chrono::sys_days;

/// A second of a civil day, UTC. A day where a moment is asked for is its first second.
using Moment = std::chrono::sys_seconds;

/// The day written as YYYY-MM-DD, or nothing where the text is not such a day (2025-02-30 is not).
std::optional<Date> parse_date(std::string_view text);

/// The moment written as YYYY-MM-DDTHH:MM:SSZ, or as YYYY-MM-DD where it is the first of a day.
/// Nothing where the text is neither; 24:00:00 and 23:59:60 are none.
std::optional<Moment> parse_moment(std::string_view text);

/// YYYY-MM-DD.
std::string format_date(Date date);

/// As parse_moment() reads it; the day alone where it is its first second.
std::string format_moment(Moment moment);

/// YYYY-MM, the month that `date` lies in.
std::string format_month(Date date);

/// The year that `date` lies in.
int year_of(Date date);

/// First day of the month that `date` lies in.
Date first_of_month(Date date);

/// The same day `months` later, or the last day of that month where it has fewer days.
Date add_months(Date date, int months);

/// Months from that of `from` to that of `to`, whatever the days; below zero where `to` is earlier.
int months_between(Date from, Date to);

/// Simulated time counts seconds from `epoch`; every day has 86 400 of them.
struct Calendar {
  Moment epoch;

  /// Negative before the epoch.
  Seconds at(Moment moment) const;
  /// The day in which `now` lies.
  Date date_at(Seconds now) const;
};

}  // namespace chokepoint
