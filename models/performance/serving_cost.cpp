#include "models/performance/serving_cost.hpp"

namespace chokepoint {

ServingCost cost_of(const ServingEstimate& estimate, const DeviceUpkeep& upkeep) {
  const double devices_per_token = estimate.devices() / estimate.output().value;
  ServingCost cost;
  cost.joules_per_token = upkeep.power.value * upkeep.pue * devices_per_token;
  if (!upkeep.price) return cost;
  cost.usd_per_token = cost.joules_per_token * upkeep.electricity.value +
                       upkeep.price->value / upkeep.life.value * devices_per_token;
  return cost;
}

}  // namespace chokepoint
