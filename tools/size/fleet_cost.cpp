#include "tools/size/fleet_cost.hpp"

#include "models/calendar.hpp"

namespace chokepoint {
namespace {

constexpr Seconds kMonth{kDaysPerMonth * 86'400};

}  // namespace

FleetCost fleet_cost(const DeviceUpkeep& upkeep, double devices, double tokens_per_second) {
  FleetCost cost;
  cost.power = upkeep.power * (upkeep.pue * devices);
  if (!upkeep.price) return cost;
  const Usd month =
      cost.power * kMonth * upkeep.electricity + *upkeep.price * (devices * (kMonth / upkeep.life));
  cost.per_month = month;
  cost.usd_per_million_tokens = month.value / kMonth.value / tokens_per_second * 1e6;
  return cost;
}

}  // namespace chokepoint
