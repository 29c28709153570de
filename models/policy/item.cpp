#include "models/policy/item.hpp"

namespace chokepoint {
namespace {

std::optional<double> base(const std::optional<BytesPerSecond>& bandwidth) {
  return bandwidth ? std::optional(bandwidth->value) : std::nullopt;
}

std::optional<double> total_bandwidth(const Item& item) {
  if (!item.memory_bandwidth || !item.io_bandwidth) return std::nullopt;
  return base(*item.memory_bandwidth + *item.io_bandwidth);
}

}  // namespace

std::optional<double> value_of(Attribute attribute, const Item& item) {
  switch (attribute) {
    case Attribute::Tpp:
      return item.tpp > 0.0 ? std::optional(item.tpp) : std::nullopt;
    case Attribute::PerformanceDensity:
      return item.performance_density;
    case Attribute::MemoryBandwidth:
      return base(item.memory_bandwidth);
    case Attribute::IoBandwidth:
      return base(item.io_bandwidth);
    case Attribute::TotalBandwidth:
      return total_bandwidth(item);
    case Attribute::ProcessNode:
      return item.process_node_nm;
    case Attribute::Transistors:
      return item.transistors;
    case Attribute::HbmDensity:
      return item.hbm_density;
  }
  return std::nullopt;
}

Item item_of(DeviceId id, const DeviceSpec& device, Country vendor_headquarters) {
  Item item;
  item.device = id;
  item.tpp = tpp(device.peaks);
  item.performance_density = performance_density(device);
  item.memory_bandwidth = device.memory_bandwidth;
  item.io_bandwidth = device.io_bandwidth;
  item.designed_for_datacenter = device.designed_for_datacenter;
  item.process_node_nm = device.process_node_nm;
  item.transistors = device.transistors;
  if (device.memory_kind) item.has_hbm = device.memory_kind == MemoryKind::Hbm;
  item.vendor = device.vendor;
  item.vendor_headquarters = vendor_headquarters;
  return item;
}

}  // namespace chokepoint
