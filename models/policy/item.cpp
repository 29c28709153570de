#include "models/policy/item.hpp"

namespace chokepoint {

Item item_of(DeviceId id, const DeviceSpec& device, Country vendor_headquarters) {
  Item item;
  item.device = id;
  item.tpp = tpp(device.peaks);
  item.performance_density = performance_density(device);
  item.memory_bandwidth = device.memory_bandwidth;
  item.io_bandwidth = device.io_bandwidth;
  item.designed_for_datacenter = device.designed_for_datacenter;
  item.vendor_headquarters = vendor_headquarters;
  return item;
}

}  // namespace chokepoint
