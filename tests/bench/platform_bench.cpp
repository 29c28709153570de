#include <benchmark/benchmark.h>

#include "models/world.hpp"
#include "sim/engine/kernel/configure_simgrid.hpp"
#include "sim/engine/kernel/platform.hpp"

#include <simgrid/s4u/Engine.hpp>

namespace chokepoint {
namespace {

/// Ten sites of one pool each, joined in a ring, with hosts for `gangs` gangs in all.
World many_gangs(int gangs) {
  constexpr std::uint32_t kSites = 10;
  World world;
  world.start = *parse_date("2025-01-01");
  world.end = *parse_date("2026-01-01");
  world.devices.resize(1);
  world.nodes.resize(1);
  world.sites.resize(kSites);
  for (std::uint32_t i = 0; i < kSites; ++i) {
    Pool pool;
    pool.site = SiteId{i};
    pool.host_scale = Pool::HostScale::OnePerNode;
    world.pools.push_back(pool);
    LinkSpec link;
    link.a = PlaceId{i};
    link.b = PlaceId{(i + 1) % kSites};
    link.bandwidth.value = BytesPerSecond{1e10};
    link.latency.value = Seconds{1e-3};
    world.links.push_back(link);
  }
  TrainingJob anywhere;
  for (std::uint32_t i = 0; i < kSites; ++i) anywhere.pools.push_back(PoolId{i});
  world.training_jobs.assign(static_cast<std::size_t>(gangs) / kSites, anywhere);
  return world;
}

/// Time to build a platform with a host per gang. Target: 2 s for 100 000.
void platform_hosts(benchmark::State& state) {
  const World world = many_gangs(static_cast<int>(state.range(0)));
  const auto engine = configure_simgrid();
  for (auto _ : state) {
    const Platform platform(world);
    benchmark::DoNotOptimize(&platform);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

// One iteration: a process holds one platform.
BENCHMARK(platform_hosts)->Arg(100'000)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace chokepoint

BENCHMARK_MAIN();
