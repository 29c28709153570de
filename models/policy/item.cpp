#include "models/policy/item.hpp"

namespace chokepoint {

Item item_of(DeviceId id, const DeviceSpec& device, Country vendor_headquarters) {
  Item item;
  item.device = id;
  item.attributes = attributes_of(device);
  item.vendor = device.vendor;
  item.vendor_headquarters = vendor_headquarters;
  return item;
}

}  // namespace chokepoint
