#pragma once

#include <optional>
#include <vector>

#include "models/curve.hpp"
#include "models/ids.hpp"
#include "models/software/maturity.hpp"
#include "models/software/porting.hpp"

namespace chokepoint {

/// How one stack matures over the years.
struct StackHistory {
  StackId stack;
  Date since;                       ///< When it began from the starts of its law.
  Date measured_on;                 ///< When the attained fractions of the catalogue were measured.
  MaturityLaw law;                  ///< With an effort of 1 as its reference.
  Curve effort;                     ///< Over the usual one.
  std::vector<Date> generations;    ///< Days on which a new generation of chips comes, in order.
  std::optional<StackId> compiles;  ///< Stack whose sources it compiles.
  Sourced<double> porting_engineer_months;  ///< Of a family by hand.
};

/// What all stacks have in common.
struct Maturation {
  FallbackCosts fallback;
  PortingLaw porting;
  Sourced<double> team_engineers;       ///< Whom a buyer sets on a port, > 0.
  Sourced<double> kept_per_generation;  ///< In [0, 1].
  Sourced<double> family_life_months;   ///< For which models are in use, > 0.
  Sourced<double> port_teams;           ///< That a vendor has for ports at an effort of 1, >= 0.
  Sourced<double> port_lead_months;     ///< Before a stack begins, from which they port; >= 0.
  Sourced<double> research_families;    ///< In use at a time, >= 0,
  Sourced<double> research_life_months{6.0, {}};  ///< each for so long, > 0.
  Sourced<double> new_share;            ///< Of families, those of a new architecture; [0, 1].
  Sourced<double> new_factor{1.0, {}};  ///< Work to port one of these over that of another, >= 1.
  Sourced<double> tuning_share;  ///< Of a port's work, what native operators do not spare; [0, 1].
};

}  // namespace chokepoint
