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

double mean_over(const DailyPattern& pattern, Seconds begin, Seconds length) {
  assert(length > Seconds{});
  constexpr Seconds kHour = 1_hours;
  // A whole number of days has the mean of one, which is 1.
  const double days = std::floor(length / 1_days);
  const double first = begin / kHour, last = (begin + length - days * 1_days) / kHour;
  double sum = 24.0 * days;
  for (double hour = std::floor(first); hour < last; hour += 1.0) {
    const double part = std::min(hour + 1.0, last) - std::max(hour, first);
    const double of_day = std::fmod(std::fmod(hour, 24.0) + 24.0, 24.0);
    sum += part * pattern[static_cast<std::size_t>(of_day)];
  }
  return sum / (length / kHour);
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
