#include "models/market/price.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace chokepoint {

double scarcity(double unmet, double available) {
  assert(available >= 0.0);
  if (unmet == 0.0) return 0.0;
  if (available == 0.0) return std::copysign(std::numeric_limits<double>::infinity(), unmet);
  return unmet / available;
}

Usd next_list_price(Usd list, const PriceBounds& bounds, double scarcity,
                    const ListPriceHabits& habits) {
  const double most = habits.max_step_per_month.value;
  const double response = habits.response.value;
  assert(0.0 <= most && most < 1.0 && response >= 0.0 && bounds.floor <= bounds.ceiling);
  // Who does not respond does not respond to an infinite scarcity either.
  const double wanted = response == 0.0 ? 0.0 : response * scarcity;
  const double step = std::clamp(wanted, -most, most);
  return std::clamp(list * (1.0 + step), bounds.floor, bounds.ceiling);
}

Usd charged_price(Usd list, double charges, double pass_through) {
  assert(charges >= 0.0 && 0.0 <= pass_through && pass_through <= 1.0);
  return list * (1.0 + charges * pass_through);
}

}  // namespace chokepoint
