#pragma once

#include "models/calendar.hpp"
#include "models/curve.hpp"
#include "models/sourced.hpp"
#include "models/units.hpp"

namespace chokepoint {

using UsdPerToken = Quantity<0, 0, 0, 0, 1, -1>;

/// What users of a service would have generated, at a cost.
struct TokenDemand {
  Curve rate;                           ///< Tokens per second, at the cost of reference.
  Sourced<UsdPerToken> reference_cost;  ///< > 0.
  Sourced<double> elasticity;           ///< By how many percent less at one percent more; >= 0.
};

/// Tokens wanted per second, on average over the days of [begin, end), where one costs `cost`:
///
///   mean of rate * (cost / reference_cost) ^ -elasticity
///
/// Never rises with the cost; grows as its curve does. What is paid for them, tokens * cost, falls
/// with the cost below an elasticity of 1 and rises above. Requires: cost > 0, begin < end.
TokensPerSecond tokens_wanted(const TokenDemand& demand, UsdPerToken cost, Date begin, Date end);

}  // namespace chokepoint
