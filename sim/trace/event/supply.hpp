#pragma once

#include <optional>

#include "models/ids.hpp"
#include "models/units.hpp"
#include "sim/trace/event/timeline.hpp"

namespace chokepoint {

/// What a device was short of where more were wanted than could be made, and by how much one more
/// unit of the scarcest stage would have helped. Told each month.
struct SupplyBottleneck {
  Seconds time;
  SupplyId supply;
  DeviceId device;
  double units = 0.0;  ///< Made in the month.
  ComponentId component;
  std::optional<StageId> stage;   ///< Of those in the minimum cut, that with the greatest price.
  double devices_per_unit = 0.0;  ///< Its shadow price: packages for one more unit.
  std::optional<double> wanted;   ///< Packages, more than `units`; unset: all that can be made.
  bool operator==(const SupplyBottleneck&) const = default;
};

/// What is made, and what is not.
using SupplyEvents = EventList<SupplyBottleneck>;

}  // namespace chokepoint
