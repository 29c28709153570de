#include "sim/engine/sampler.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

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

}  // namespace
}  // namespace chokepoint
