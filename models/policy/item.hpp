#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/calendar.hpp"
#include "models/ids.hpp"
#include "models/policy/attribute.hpp"
#include "models/policy/country_set.hpp"

namespace chokepoint {

/// What is shipped, or done.
enum class Category { Chip, Hbm, Equipment, Foundry, DesignSoftware, RemoteAccess, Material };

/// What a rule may look at of the thing shipped. An attribute that is not known never matches.
struct Item {
  std::optional<ItemId> id;        ///< Of the items that are written for rules.
  std::optional<DeviceId> device;  ///< Of the catalogue.
  Category category = Category::Chip;
  Attributes attributes;
  std::optional<OrgId> vendor;
  Country vendor_headquarters;
  CountrySet sold_in;             ///< Where anybody can buy it.
  std::vector<ItemTypeId> types;  ///< Words it says of itself.
};

/// The attribute of `item`, see Attributes.
inline std::optional<double> value_of(Attribute attribute, const Item& item) {
  return item.attributes[attribute];
}

/// A catalogue device as rules see it.
Item item_of(DeviceId id, const DeviceSpec& device, Country vendor_headquarters);

/// An item with the names that people know it by.
struct NamedItem {
  std::string name;
  std::string display;
  std::optional<Date> released;  ///< Day of first sale, or the first of its quarter.
  Item item;
  std::string eccn;      ///< Export Control Classification Number by its vendor; empty: not known.
  std::string assembly;  ///< Of what it is made: "8 of nv_h20_96"; empty: a chip or card by itself.
};

}  // namespace chokepoint
