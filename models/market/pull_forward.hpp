#pragma once

#include <cstddef>
#include <vector>

#include "models/calendar.hpp"
#include "models/market/order.hpp"

namespace chokepoint {

/// The time from the day on which buyers know of a rule to the day on which it holds them back, and
/// how much they move into it.
struct PullWindow {
  Date known;                  ///< Announced, or leaked. Units move to days from here on,
  Date effective;              ///< up to and without this one. Not after `known`: nothing moves.
  double willing_share = 0.0;  ///< Of each later delivery that its buyer wants early, in [0, 1].
  int horizon_days = 0;  ///< Deliveries due this long after `effective` are wanted early, >= 0.
};

/// Packages that supply can spare from a day on, in addition to those of other days; not promised
/// to anybody.
struct Spare {
  Date date;
  double units = 0.0;  ///< Whole packages, >= 0.
};

/// Units of one delivery that move to an earlier day.
struct Pull {
  std::size_t delivery = 0;  ///< Index in the schedule: that delivery shrinks by `units`.
  Date to;
  double units = 0.0;  ///< Whole packages, > 0.
};

/// What moves forward: of every delivery due in [effective, effective + horizon) the whole packages
/// of `willing_share`, the first deliveries first, each to the earliest day of the window on which
/// `spare` has a package left. Sorted by delivery, then by day. No day takes more than supply can
/// spare on it, no delivery gives more than its willing share, and nothing moves where the window
/// is empty: a rule that is effective when it is announced leaves no time.
/// Requires: the share in [0, 1], `due` and `spare` in order of date.
std::vector<Pull> pull_forward(const std::vector<DueDelivery>& due, const PullWindow& window,
                               const std::vector<Spare>& spare);

}  // namespace chokepoint
