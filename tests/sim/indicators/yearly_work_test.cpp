#include "sim/indicators/yearly.hpp"

#include <catch2/catch.hpp>

#include "sim/indicators/regions.hpp"
#include "tests/sim/study/small_history.hpp"

namespace chokepoint {
namespace {

/// Samples `value` of a counter on a day.
void sample(const World& world, Ledger& ledger, std::string_view day, Counter counter,
            std::uint32_t index, double value) {
  ledger.record(
      CounterSampled{world.calendar().at(parse_date(day).value()), counter, index, value});
}

Figures work_of(const World& world, const Ledger& ledger) {
  Figures figures;
  add_installed(world, ledger, figures);
  add_work(world, ledger, figures);
  return figures;
}

YearlyKey key(const char* indicator, const std::string& subject, const char* unit) {
  return {indicator, subject, unit, 2025};
}

TEST_CASE("yearly work: what sums up since the start is told year by year", "[history][yearly]") {
  const World world = small_history_world();
  Ledger ledger(world);
  sample(world, ledger, "2025-06-01", Counter::SiteEnergy, 0, 5 * 3.6e12);
  sample(world, ledger, "2026-01-01", Counter::SiteEnergy, 0, 9 * 3.6e12);  // The year's end.
  sample(world, ledger, "2026-12-01", Counter::SiteEnergy, 0, 15 * 3.6e12);
  const Figures figures = work_of(world, ledger);
  const std::string& site = world.sites[0].name;
  CHECK(figures.at({"energy", site, "GWh", 2025}) == Approx(9.0));
  CHECK(figures.at({"energy", site, "GWh", 2026}) == Approx(6.0));
}

TEST_CASE("yearly work: what stands at the end of a year adds up by region", "[history][yearly]") {
  const World world = small_history_world();
  Ledger ledger(world);
  double mainland = 0.0;
  for (std::uint32_t i = 0; i < world.pools.size(); ++i) {
    sample(world, ledger, "2025-12-01", Counter::H100eDecode, i, 10.0 + i);
    if (region_of(world, PoolId{i}) == Region::Mainland) mainland += 10.0 + i;
  }
  REQUIRE(mainland > 0.0);
  CHECK(work_of(world, ledger).at(key("installed_decode", "mainland", "H100e")) ==
        Approx(mainland));
}

TEST_CASE("yearly work: the largest run has one kind of chip at one site, with power",
          "[history][yearly]") {
  const World world = small_history_world();
  const auto largest = [&](double h100e, double powered) {
    Ledger ledger(world);
    for (std::uint32_t i = 0; i < 2; ++i) {
      sample(world, ledger, "2025-12-01", Counter::H100eTraining, i, h100e / (1.0 + i));
      sample(world, ledger, "2025-12-01", Counter::DevicesInstalled, i, 100.0);
      sample(world, ledger, "2025-12-01", Counter::DevicesPowered, i, powered);
    }
    return work_of(world, ledger).at(key("largest_run", "mainland", "FLOP"));
  };
  REQUIRE(region_of(world, PoolId{0}) == Region::Mainland);
  REQUIRE(region_of(world, PoolId{1}) == Region::Mainland);
  CHECK(largest(2'000.0, 100.0) == Approx(2.0 * largest(1'000.0, 100.0)));
  CHECK(largest(2'000.0, 50.0) == Approx(largest(1'000.0, 100.0)));
  // 100 days of an H100-like device at a third of its peak, within a factor of four.
  CHECK(largest(1'000.0, 100.0) > 1'000.0 * 1e14 * 8.64e6 / 4.0);
}

}  // namespace
}  // namespace chokepoint
