#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "models/calendar.hpp"
#include "models/sourced.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// A training programme: a lump of demand that needs a cluster of its own by a date, all of one
/// kind of device.
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

/// One kind of device on one stack, as a programme sees it in a month.
struct ProgrammeKind {
  double had = 0.0;       ///< Useful units of it that the programme has or has on order, >= 0.
  double useful = 0.0;    ///< Units of one package, > 0.
  Usd price;              ///< Of one package, > 0.
  double packages = 0.0;  ///< That can be had this month, >= 0.
};

/// What a programme orders in a month.
struct ProgrammeOrder {
  std::size_t kind = 0;
  Usd money;  ///< By money_wanted(), > 0.
};

/// The order of a programme in the month of `date`. A run takes one kind of device in one fabric,
/// so that the largest group counts and not the sum: money goes to one kind. Of those of which a
/// whole group could be had in time, if every month had as many packages as this one, it is the one
/// that costs least to complete; where there are none, the one that would come furthest; the first
/// of equals. Nothing outside of the months in which it orders, and once a group is whole.
std::optional<ProgrammeOrder> order_of(const TrainingProgramme& programme,
                                       std::span<const ProgrammeKind> kinds, Date date);

}  // namespace chokepoint
