#include "sim/engine/sampler.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_economy.hpp"

namespace chokepoint {
namespace {

using Series = std::map<std::pair<int, std::uint32_t>, std::vector<double>>;

/// Dates of the samples, in days, by counter and subject.
Series dates(const World& world) {
  Series series;
  for (const auto& sample : only<CounterSampled>(facts_of(world))) {
    series[{static_cast<int>(sample.counter), sample.index}].push_back(sample.time.value /
                                                                       86'400.0);
  }
  return series;
}

// Two supply lines, two pools with ten counters each, two sites with two, one job with two.
TEST_CASE("sampler: every counter of every subject on the same days", "[engine][sampler]") {
  World world = small_world();
  world.training_jobs = {small_job(1e9, 8)};
  const auto series = dates(world);
  CHECK(series.size() == 2 + 2 * 10 + 2 * 2 + 2);
  const std::vector<double> months = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
  for (const auto& [counter, days] : series) CHECK(days == months);
}

TEST_CASE("sampler: a period of the world's own replaces the months", "[engine][sampler]") {
  World world = small_world();
  world.sample_period = 100_days;
  for (const auto& [counter, days] : dates(world)) {
    CHECK(days == std::vector<double>{0, 100, 200, 300, 365});
  }
}

TEST_CASE("sampler: a pool counts its packages in every unit of worth", "[engine][sampler]") {
  World world = small_world();
  world.stocks = {small_stock(10.0)};
  world.worth[0].tpp = 100.0;
  const std::map<Counter, double> expected = {
      {Counter::DevicesInstalled, 10.0}, {Counter::DevicesPowered, 8.0},
      {Counter::Tpp, 1'000.0},           {Counter::H100eTraining, 5.0},
      {Counter::H100ePrefill, 2.5},      {Counter::H100eDecode, 20.0}};
  std::size_t seen = 0;
  for (const auto& sample : only<CounterSampled>(facts_of(world))) {
    const auto known = expected.find(sample.counter);
    const bool of_pool = sample.time == Seconds{} && sample.index == kForeignPool.value;
    if (!of_pool || known == expected.end()) continue;
    CHECK(sample.value == known->second);
    ++seen;
  }
  CHECK(seen == expected.size());
}

// Pools for all that is on sale are many: those of which nobody buys anything say nothing.
TEST_CASE("sampler: a pool speaks from its first package on, and then to the end",
          "[engine][sampler]") {
  World world = small_economy();
  world.offers[1].price = from_day("2025-06-01", 10'000.0);
  world.choice.retirement_months.value = 1.0;
  for (std::uint32_t i : {0u, 1u, 2u}) world.supplies[i].stock.value = i == 1 ? 500.0 : 0.0;
  const auto facts = facts_of(world);
  for (const auto& sample : only<CounterSampled>(facts)) {
    if (sample.counter != Counter::DevicesInstalled) continue;
    CHECK(sample.index == world.orders[kLabDomestic.value].pool.value);
  }
  const auto installed =
      samples(facts, Counter::DevicesInstalled, world.orders[kLabDomestic.value].pool.value);
  REQUIRE(installed.size() == 7);  // From July to the end of the run.
  CHECK(installed.front() == 500.0);
  CHECK(installed.back() == 0.0);
}

}  // namespace
}  // namespace chokepoint
