#include "models/workload/inference_service.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {

TokensPerSecond mean_demand(const InferenceService& service, Seconds begin, Seconds length) {
  assert(length >= Seconds{});
  constexpr Seconds kYear = 365_days;
  const double log_growth = std::log(service.growth_per_year.value);
  const double at_begin = std::exp(log_growth * (begin / kYear));
  // The mean of exp(x s) over s in [0, 1] is (exp(x) - 1) / x, and 1 where x is 0.
  const double x = log_growth * (length / kYear);
  const double mean = x == 0.0 ? 1.0 : std::expm1(x) / x;
  return service.demand.value * (at_begin * mean);
}

WindowOutcome serve_window(TokensPerSecond demand, TokensPerSecond capacity, Seconds length) {
  assert(demand >= TokensPerSecond{} && capacity >= TokensPerSecond{} && length >= Seconds{});
  WindowOutcome outcome;
  outcome.demand = demand * length;
  outcome.capacity = capacity * length;
  outcome.served = std::min(outcome.demand, outcome.capacity);
  outcome.unmet = outcome.demand - outcome.served;
  return outcome;
}

}  // namespace chokepoint
