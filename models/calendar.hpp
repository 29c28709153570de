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

/// The day written as YYYY-MM-DD, or nothing where the text is not such a day (2025-02-30 is not).
std::optional<Date> parse_date(std::string_view text);

/// YYYY-MM-DD.
std::string format_date(Date date);

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

/// Simulated time counts seconds from 00:00 of `epoch`; every day has 86 400 of them.
struct Calendar {
  Date epoch;

  /// Start of `date`. Negative before the epoch.
  Seconds at(Date date) const;
  /// The day in which `now` lies.
  Date date_at(Seconds now) const;
};

}  // namespace chokepoint
