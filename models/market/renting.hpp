#pragma once

#include <string>
#include <vector>

#include "models/calendar.hpp"
#include "models/policy/regime.hpp"
#include "models/sourced.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// Chips that stand abroad and are for rent.
struct OffshoreCapacity {
  std::string name;
  Country country;  ///< Where they stand.
  DeviceId device;
  Date from;              ///< First day on which they work.
  Sourced<double> units;  ///< Packages, >= 0.
};

/// How buyers rent chips abroad that they may not buy. It leaves no stock at home.
struct Renting {
  bool enabled = false;
  Sourced<double> share;   ///< Of capacity abroad that is let to them, in [0, 1].
  Sourced<Seconds> delay;  ///< From the decision to the first work: contract, network, data.
  std::vector<OffshoreCapacity> offshore;
};

/// Remote access to `item`, which stands in a country, as rules see it: like a shipment of
/// category RemoteAccess from there to the country of the user's headquarters.
Shipment remote_access(const Item& item, Country stands_in, const Party& user);

/// Packages of `capacity` that `user` can rent on `date`: whole packages of
///
///   units * share * what governments admit
///
/// where remote access is judged like a shipment of category RemoteAccess of `item` from the
/// country in which the chips stand to that of the user's headquarters. A rule on headquarters
/// closes it whatever the country. Zero before the chips work, and where renting is not enabled or
/// the verdict is one that asks for a licence nobody has given (more severe than Discouraged).
double rentable_units(const OffshoreCapacity& capacity, const Renting& renting, const Item& item,
                      const Regime& regime, const Party& user, Date date);

/// First day on which what is wanted on `date` can be used.
Date usable_from(const Renting& renting, Date date);

}  // namespace chokepoint
