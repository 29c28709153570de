#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/calendar.hpp"
#include "models/hardware/device.hpp"
#include "models/ids.hpp"
#include "models/policy/country_set.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// What is shipped, or done.
enum class Category { Chip, Hbm, Equipment, Foundry, DesignSoftware, RemoteAccess, Material };

/// What a rule may look at of the thing shipped. An attribute that is not known never matches.
struct Item {
  std::optional<ItemId> id;        ///< Of the items that are written for rules.
  std::optional<DeviceId> device;  ///< Of the catalogue.
  Category category = Category::Chip;
  double tpp = 0.0;  ///< 0: not known.
  std::optional<double> performance_density;
  std::optional<BytesPerSecond> memory_bandwidth;
  std::optional<BytesPerSecond> io_bandwidth;  ///< All links, both directions added.
  bool designed_for_datacenter = true;
  std::optional<OrgId> vendor;
  Country vendor_headquarters;
  CountrySet sold_in;                     ///< Where anybody can buy it.
  std::optional<double> process_node_nm;  ///< Of the logic die.
  std::optional<bool> nonplanar;          ///< FinFET or gate-all-around.
  std::optional<double> transistors;      ///< Of the final package.
  std::optional<bool> has_hbm;            ///< In the package.
  std::optional<double> hbm_density;      ///< Bytes per second per mm^2 of a stack's package.
  std::vector<ItemTypeId> types;          ///< Words it says of itself.
};

/// An attribute that rules set bounds on.
enum class Attribute {
  Tpp,
  PerformanceDensity,
  MemoryBandwidth,
  IoBandwidth,
  TotalBandwidth,  ///< Memory and I/O; known when both are.
  ProcessNode,
  Transistors,
  HbmDensity
};

/// The attribute of `item` in base units (bytes per second, nanometers as the foundry calls them,
/// transistors, bytes per second per mm^2, plain scores); nothing where it is not known.
std::optional<double> value_of(Attribute attribute, const Item& item);

/// The attributes of a catalogue device.
Item item_of(DeviceId id, const DeviceSpec& device, Country vendor_headquarters);

/// An item with the names that people know it by.
struct NamedItem {
  std::string name;
  std::string display;
  std::optional<Date> released;  ///< Day of first sale, or the first of its quarter.
  Item item;
};

}  // namespace chokepoint
