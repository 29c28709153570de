#pragma once

#include <optional>

#include "models/performance/serving_cost.hpp"

namespace chokepoint {

/// What a fleet draws and costs.
struct FleetCost {
  Watts power;                   ///< Of the site, with PUE.
  std::optional<Usd> per_month;  ///< Price written off and power; nothing where no price is known.
  std::optional<double> usd_per_million_tokens;  ///< Of answers, prompts included.
};

/// Of `devices` devices that are on all the time and answer `tokens_per_second`:
///
///   power     = devices * power of one * PUE
///   USD/month = power * electricity * month + devices * price / life * month
///
/// A month is a twelfth of 365.25 days. Requires: both positive.
FleetCost fleet_cost(const DeviceUpkeep& upkeep, double devices, double tokens_per_second);

}  // namespace chokepoint
