#pragma once

#include <optional>

#include "models/calendar.hpp"

namespace chokepoint {

/// A stock whose inflow is cut on a day. A month is 1/12 year (365.25 / 12 days).
struct Stockpile {
  Date cut;                       ///< From this day on the inflow below holds.
  double units = 0.0;             ///< In stock on that day, >= 0.
  double use_per_month = 0.0;     ///< Wanted every month, >= 0.
  double inflow_per_month = 0.0;  ///< After the cut: leaks, own production; >= 0.
};

/// Months that the stock covers: units / (use - inflow). Nothing where inflow covers the use.
std::optional<double> months_of_cover(const Stockpile& stock);

/// First day on which the use is not covered in full: the cut, later by the months of cover, a part
/// of a day counting as a day. Nothing where inflow covers the use, or where it lasts longer than
/// 200 years.
/// A stock delays a shortage by its size over its net use. It does not change the shortage itself.
std::optional<Date> exhausted_on(const Stockpile& stock);

/// In stock at the start of `date`, never below 0. Requires: not before the cut.
double stock_left(const Stockpile& stock, Date date);

/// Units wanted and not there from `begin` to `end`. Requires: cut <= begin <= end.
double shortage(const Stockpile& stock, Date begin, Date end);

}  // namespace chokepoint
