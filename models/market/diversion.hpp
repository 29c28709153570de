#pragma once

#include <string>
#include <vector>

#include "models/calendar.hpp"
#include "models/ids.hpp"
#include "models/sourced.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// A country in which chips may be sold and from which they are diverted.
struct DiversionRoute {
  std::string name;
  Country country;
  Sourced<double> capacity;  ///< Packages per month that can be diverted there, >= 0.
};

/// How chips reach buyers against the rules.
struct Diversion {
  bool enabled = false;
  /// Share of unmet demand that is bought around the rules each month, at `reference_premium`; in
  /// [0, 1].
  Sourced<double> hazard;
  Sourced<double> premium;              ///< Street price over the list price, less 1; >= 0.
  Sourced<double> reference_premium;    ///< > 0.
  Sourced<double> elasticity;           ///< Of the hazard to the premium, >= 0.
  Sourced<double> seizure_probability;  ///< Of one package on its way, in [0, 1].
  Sourced<Seconds> delay;               ///< From purchase to arrival.
  std::vector<DiversionRoute> routes;
};

/// What one route takes in a month.
struct DivertedFlow {
  std::size_t route = 0;   ///< Index in Diversion::routes.
  double diverted = 0.0;   ///< Bought there, whole packages; delivered and seized together.
  double delivered = 0.0;  ///< Arrive after the delay, without service or updates.
  double seized = 0.0;     ///< Never arrive.
  Date arrival;
};

/// Share of what is wanted that is diverted in a month at `premium`:
///
///   min(1, hazard * (premium / reference_premium) ^ elasticity),   0 without a premium
double diversion_share(const Diversion& diversion, double premium);

/// Diversion in the month that begins on `date`, of `unmet` packages that buyers want and cannot
/// have, at `premium` (the street price over the list price, less 1): the share above, at most the
/// capacity of all routes, divided among them by capacity. In whole packages; on each route the
/// whole number nearest to the expected one is seized. Routes without a package are left out;
/// nothing where diversion is not enabled.
///
/// Conserves: diverted = delivered + seized. Never falls with hazard, premium or capacity.
/// Requires: unmet >= 0.
std::vector<DivertedFlow> diverted(const Diversion& diversion, double unmet, double premium,
                                   Date date);

}  // namespace chokepoint
