// Time of one full estimate of training: rates, memory and step of a 70B on 3 072 devices, made
// ready anew each time as a fit does. Bound: 100 000 estimates a second, that is 10 us. And of the
// search for the fastest plan of all. Bound: 10 s.

#include <benchmark/benchmark.h>

#include "models/training/plan_search.hpp"
#include "tests/models/catalog_excerpt.hpp"

namespace chokepoint {
namespace {

constexpr Interconnect kLinks{450_GBps, 8, 50_GBps};

void estimate_step(benchmark::State& state) {
  const Transformer model = llama_70b();
  DeviceSpec device = h100();
  device.matrix_cores = 132;
  const TrainingSystem system{model, device, kLinks};
  TrainingPlan plan;
  plan.tensor = 8, plan.pipeline = 8, plan.data = 48, plan.global_batch = 1536;
  plan.chunks = static_cast<int>(state.range(0));
  for (auto _ : state) {
    plan.microbatch = 3 - plan.microbatch;  // 1 and 2 in turn.
    benchmark::DoNotOptimize(TrainingEstimator(system).step(plan));
    benchmark::DoNotOptimize(training_memory(system, plan));
  }
}
BENCHMARK(estimate_step)->Arg(1)->Arg(5)->Unit(benchmark::kMicrosecond);

void search(benchmark::State& state) {
  const Transformer model = llama_70b();
  DeviceSpec device = h100();
  device.matrix_cores = 132;
  const TrainingSystem system{model, device, kLinks};
  TrainingTask task;
  task.devices = 3072;
  task.global_batch = 1536;
  for (auto _ : state) benchmark::DoNotOptimize(search_training(system, task, 10));
}
BENCHMARK(search)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace chokepoint

BENCHMARK_MAIN();
