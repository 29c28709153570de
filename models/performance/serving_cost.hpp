#pragma once

#include <optional>

#include "models/performance/serving_search.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// What a device takes while it serves.
struct DeviceUpkeep {
  Watts power;               ///< With its share of the server, before PUE.
  double pue = 1.3;          ///< Power of the site over that of its servers; >= 1.
  UsdPerJoule electricity;   ///< Price.
  std::optional<Usd> price;  ///< Of the device with its share of the server.
  Seconds life;              ///< Over which the price is written off; positive.
};

/// Energy and money for a token of answers; its prompt is included.
struct ServingCost {
  double joules_per_token = 0;
  std::optional<double> usd_per_token;  ///< Nothing where no price is known.
};

///   J/token   = devices * power * PUE / output
///   USD/token = J/token * electricity + devices * price / life / output
///
/// All devices draw `power` all the time. Requires: output > 0.
ServingCost cost_of(const ServingEstimate& estimate, const DeviceUpkeep& upkeep);

}  // namespace chokepoint
