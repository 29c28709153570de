#include "models/cluster/electricity.hpp"

#include <cassert>
#include <cstddef>

namespace chokepoint {

Tariff Tariff::flat(double usd_per_kwh) {
  Tariff tariff;
  tariff.usd_per_kwh.fill(usd_per_kwh);
  return tariff;
}

Tariff Tariff::of(const std::vector<ElectricityHours>& hours) {
  assert(!hours.empty());
  Tariff tariff;
  for (const ElectricityHours& from : hours) {
    const auto first = static_cast<std::size_t>(from.from_hour);
    for (std::size_t hour = first; hour < kHoursOfDay; ++hour) {
      tariff.usd_per_kwh[hour] = from.usd_per_kwh.value;
      tariff.carbon_g_per_kwh[hour] = from.carbon_g_per_kwh ? from.carbon_g_per_kwh->value : 0.0;
    }
  }
  return tariff;
}

}  // namespace chokepoint
