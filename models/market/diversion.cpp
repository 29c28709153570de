#include "models/market/diversion.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {
namespace {

constexpr double kProductRounding =
    1e-9;  // A product this close below a whole number is that number.

double whole(double units) {
  return std::floor(units * (1.0 + kProductRounding));
}

}  // namespace

double diversion_share(const Diversion& diversion, double premium) {
  if (premium <= 0.0 || diversion.hazard.value <= 0.0) return 0.0;
  assert(diversion.reference_premium.value > 0.0 && diversion.elasticity.value >= 0.0);
  const double pull =
      std::pow(premium / diversion.reference_premium.value, diversion.elasticity.value);
  return std::min(1.0, diversion.hazard.value * pull);
}

std::vector<DivertedFlow> diverted(const Diversion& diversion, double unmet, double premium,
                                   Date date) {
  assert(unmet >= 0.0);
  std::vector<DivertedFlow> flows;
  double capacity = 0.0;
  for (const auto& route : diversion.routes) capacity += route.capacity.value;
  if (!diversion.enabled || capacity <= 0.0) return flows;

  const double wanted = std::min(capacity, unmet * diversion_share(diversion, premium));
  const Calendar from_here{date};
  // Whole packages up to and with each route, so that rounding loses at most one of all.
  double capacity_so_far = 0.0, units_so_far = 0.0;
  for (std::size_t i = 0; i < diversion.routes.size(); ++i) {
    capacity_so_far += diversion.routes[i].capacity.value;
    const double up_to_here = whole(wanted * (capacity_so_far / capacity));
    const double units = up_to_here - units_so_far;
    units_so_far = up_to_here;
    if (units < 1.0) continue;
    const double seized = std::round(units * diversion.seizure_probability.value);
    flows.push_back({i, units, units - seized, seized, from_here.date_at(diversion.delay.value)});
  }
  return flows;
}

}  // namespace chokepoint
