#include "models/market/programme.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {

Usd money_wanted(const TrainingProgramme& programme, double had, Usd cost_per_usable_unit,
                 Date date) {
  const auto lead = static_cast<int>(std::lround(programme.lead_months.value));
  const auto settling = static_cast<int>(std::lround(programme.settling_months.value));
  assert(0 <= settling && settling < lead && had >= 0.0 && cost_per_usable_unit >= Usd{});
  const int to_need = months_between(date, programme.by);
  if (to_need > lead || to_need <= settling) return Usd{};
  const double missing = std::max(0.0, programme.usable_units.value - had);
  return missing * cost_per_usable_unit / static_cast<double>(to_need - settling);
}

}  // namespace chokepoint
