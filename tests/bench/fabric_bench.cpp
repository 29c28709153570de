// Requests per CPU second of a fleet whose caches are handed over as SimGrid's flows: half of the
// replicas read, half decode, Llama-3.1-8B on H100, eight to a node of 400 GB/s, prompts near 1 000
// tokens and answers near 200.

#include <benchmark/benchmark.h>

#include "sim/serving/fabric_transfers.hpp"
#include "tests/models/serving/small_loads.hpp"

namespace chokepoint {
namespace {

void hand_over(benchmark::State& state) {
  const std::int64_t count = state.range(0), replicas = state.range(1);
  const SmallService service;
  StepCosts costs = service.costs();
  FleetSpec spec;
  TransferFabric fabric;
  for (const PoolRole role : {PoolRole::Prefill, PoolRole::Decode}) {
    PoolSpec pool;
    pool.costs = &costs;
    const ServingSetup setup = service.started();
    pool.rules = setup.rules;
    pool.kv_per_token = setup.kv_per_token;
    pool.role = role;
    pool.replicas = replicas / 2;
    spec.pools.push_back(pool);
    fabric.pools.push_back({400_GBps, 8, Seconds{5e-6}, 0, 0, {}});
  }
  const auto requests = poisson(count, 6.0 * static_cast<double>(replicas), 1000, 200, 1);
  std::int64_t most = 0;
  for (auto _ : state) {
    FabricTransfers transfers(spec, fabric);
    spec.transfers = &transfers;
    Fleet fleet(spec);
    ListSource source(requests);
    transfers.run(fleet, source);
    most = transfers.tally().most_at_once;
  }
  state.SetItemsProcessed(count);
  state.counters["most_at_once"] = static_cast<double>(most);
}
// One iteration: a process holds one simulation. --benchmark_filter chooses which.
BENCHMARK(hand_over)
    ->Args({100'000, 32})
    ->Args({100'000, 1'000})
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace chokepoint

BENCHMARK_MAIN();
