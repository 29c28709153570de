#pragma once

#include <array>
#include <optional>
#include <vector>

#include "models/sourced.hpp"

namespace chokepoint {

/// What power costs and emits from an hour of the local day until the next entry's.
struct ElectricityHours {
  int from_hour = 0;
  Sourced<double> usd_per_kwh;
  std::optional<Sourced<double>> carbon_g_per_kwh;  ///< CO2 equivalent.
};

inline constexpr int kHoursOfDay = 24;

/// Something for each hour of the day, from midnight on.
using ByHour = std::array<double, kHoursOfDay>;

/// What power costs and emits, by hour of the local day.
struct Tariff {
  ByHour usd_per_kwh{}, carbon_g_per_kwh{};

  /// The same all day, and nothing emitted.
  static Tariff flat(double usd_per_kwh);
  /// That of a site's hours. Requires: as they are read, not empty.
  static Tariff of(const std::vector<ElectricityHours>& hours);
};

}  // namespace chokepoint
