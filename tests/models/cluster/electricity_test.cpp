#include "models/cluster/electricity.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

std::vector<ElectricityHours> night_and_day(double night, double day) {
  std::vector<ElectricityHours> hours(2);
  hours[0].usd_per_kwh.value = night;
  hours[1].from_hour = 8;
  hours[1].usd_per_kwh.value = day;
  return hours;
}

TEST_CASE("electricity: hours hold until the next entry's", "[cluster]") {
  auto hours = night_and_day(0.05, 0.2);
  hours[0].carbon_g_per_kwh = hours[1].carbon_g_per_kwh = Sourced<double>{500.0, {}};
  const Tariff tariff = Tariff::of(hours);
  for (std::size_t hour = 0; hour < 24; ++hour) {
    CHECK(tariff.usd_per_kwh[hour] == (hour < 8 ? 0.05 : 0.2));
    CHECK(tariff.carbon_g_per_kwh[hour] == 500);
  }
}

TEST_CASE("electricity: a flat tariff is the same all day, and emits nothing", "[cluster]") {
  const Tariff tariff = Tariff::flat(0.1);
  for (std::size_t hour = 0; hour < 24; ++hour) {
    CHECK(tariff.usd_per_kwh[hour] == 0.1);
    CHECK(tariff.carbon_g_per_kwh[hour] == 0);
  }
}

}  // namespace
}  // namespace chokepoint
