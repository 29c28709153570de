#pragma once

#include <optional>
#include <vector>

#include "models/hardware/device.hpp"
#include "models/ids.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// What a rule may look at of the thing shipped. An attribute that is not known never matches.
struct Item {
  std::optional<DeviceId> device;
  double tpp = 0.0;  ///< 0: not known.
  std::optional<double> performance_density;
  std::optional<BytesPerSecond> memory_bandwidth;
  std::optional<BytesPerSecond> io_bandwidth;  ///< All links, both directions added.
  bool designed_for_datacenter = true;
  Country vendor_headquarters;
};

/// What a rule may look at of the party that receives it.
struct Party {
  OrgId org;
  Country headquarters;  ///< Of the ultimate parent.
  std::vector<BuyerClassId> classes;
};

/// The attributes of a catalogue device.
Item item_of(DeviceId id, const DeviceSpec& device, Country vendor_headquarters);

/// One shipment as a government sees it.
struct Shipment {
  Item item;
  Country from;  ///< Headquarters of the vendor: its government judges the export.
  Country to;    ///< Country of destination: its government judges the import.
  Party buyer;
};

}  // namespace chokepoint
