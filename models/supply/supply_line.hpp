#pragma once

#include <string>
#include <vector>

#include "models/calendar.hpp"
#include "models/ids.hpp"
#include "models/sourced.hpp"

namespace chokepoint {

/// Output from a date on, in packages per month of 1/12 year (365.25 / 12 days).
struct Output {
  Date from;
  Sourced<double> units_per_month;
};

/// What one vendor can ship of one device, by schedule.
struct SupplyLine {
  std::string name;
  DeviceId device;
  Sourced<double> stock;       ///< At the scenario's start.
  std::vector<Output> output;  ///< In order of date.
};

/// Packages that `schedule`, in order of date, makes from `begin` to `end`: its integral, before
/// the first date nothing. Requires: begin <= end.
double produced(const std::vector<Output>& schedule, Date begin, Date end);

/// Packages made from `begin` to `end`: the integral of the schedule. Requires: begin <= end.
double produced(const SupplyLine& line, Date begin, Date end);

}  // namespace chokepoint
