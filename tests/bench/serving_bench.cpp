// Time of one estimate of serving: replica, memory and steady state of DeepSeek-V3 on eight
// devices. Bound: 200 000 estimates a second, that is 5 us. And of the rate of a device under a
// target, over all groups that it may form: it is asked four times for each device of a scenario.

#include <benchmark/benchmark.h>

#include "models/performance/steady_state.hpp"
#include "models/performance/throughput.hpp"
#include "tests/models/catalog_excerpt.hpp"

namespace chokepoint {
namespace {

void estimate(benchmark::State& state, const Transformer& model) {
  const DeviceSpec device = h20();
  ServingPlan plan;
  plan.tensor = 8;
  plan.precision = uniform_precision(NumericFormat::Fp8, NumericFormat::Fp8);
  ServingLoad load{Client::Closed, Tokens{4000}, Tokens{1000}, 1};
  for (auto _ : state) {
    load.concurrency = load.concurrency < 64 ? load.concurrency + 1 : 1;
    const Replica replica({model, device, interconnect_of(device), plan, {}});
    const ServingMemory memory = serving_memory(model, device, plan, {});
    benchmark::DoNotOptimize(steady_state(replica, memory, load, {}));
  }
}
BENCHMARK_CAPTURE(estimate, deepseek_v3, deepseek_v3())->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(estimate, llama_70b, llama_70b())->Unit(benchmark::kMicrosecond);

void decode(benchmark::State& state, const Transformer& model) {
  const DeviceSpec device = h20();
  const RequestShape request = request_of(4000, 1000, Seconds{0.05});
  for (auto _ : state) {
    benchmark::DoNotOptimize(decode_throughput(model, request, device, {}));
  }
}
BENCHMARK_CAPTURE(decode, deepseek_v3, deepseek_v3())->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(decode, llama_70b, llama_70b())->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace chokepoint

BENCHMARK_MAIN();
