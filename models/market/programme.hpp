#pragma once

#include <string>

#include "models/calendar.hpp"
#include "models/sourced.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// A training programme: a lump of demand that needs a cluster of its own by a date.
struct TrainingProgramme {
  std::string name;
  Sourced<double> usable_units;     ///< The cluster, in useful units of reference, >= 0.
  Date by;                          ///< Needed on this day.
  Sourced<double> lead_months;      ///< It orders from so many months before `by`; whole, >= 1.
  Sourced<double> settling_months;  ///< From order to useful work; whole, in [0, lead).
};

/// Money that a programme asks for in the month of `date`, beside its buyer's budget: what the
/// cluster lacks of its units, at `cost_per_usable_unit`, in equal parts over the months left in
/// which an order still comes in time:
///
///   max(0, usable_units - had) * cost / months left
///
/// `had` are useful units that it has or has on order. 0 before its first month of ordering, and
/// from the first month whose orders arrive too late. If all the money finds units at this cost,
/// the cluster is complete in time and costs units * cost in all. Requires: had >= 0, cost >= 0.
Usd money_wanted(const TrainingProgramme& programme, double had, Usd cost_per_usable_unit,
                 Date date);

}  // namespace chokepoint
