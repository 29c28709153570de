#include "models/workload/token_demand.hpp"

#include <cassert>
#include <cmath>

namespace chokepoint {

TokensPerSecond tokens_wanted(const TokenDemand& demand, UsdPerToken cost, Date begin, Date end) {
  const UsdPerToken reference = demand.reference_cost.value;
  assert(cost > UsdPerToken{} && reference > UsdPerToken{} && demand.elasticity.value >= 0.0);
  const double at_cost = std::pow(cost / reference, -demand.elasticity.value);
  return TokensPerSecond{mean_over(demand.rate, begin, end) * at_cost};
}

}  // namespace chokepoint
