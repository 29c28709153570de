// Time of one full estimate of training: rates, memory and step of a 70B on 3 072 devices, made
// ready anew each time as a fit does. Bound: 100 000 estimates a second, that is 10 us. And of the
// search for the fastest plan of all, of GPT-3 175B on 3 072 devices among more than a million.
// Bound: 10 s.

#include <benchmark/benchmark.h>

#include <algorithm>

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

// GPT-3 175B on 3 072 A100, as Megatron-LM trained it, over all schedules and options.
TrainingTask gpt3_task() {
  TrainingTask task;
  task.devices = 3072;
  task.sequence = 2048;
  task.global_batch = 1536;
  task.grid = PlanGrid::Whole;
  task.other_schedules = {PipelineSchedule::ZeroBubble, PipelineSchedule::DualPipe};
  return task;
}

Transformer gpt3_175b() {
  Transformer model;
  model.layers = 96, model.hidden = 12288, model.heads = model.kv_heads = 96;
  model.head_dim = 128, model.ffn = 49152, model.vocabulary = 51200;
  model.gated_mlp = false, model.tied_embeddings = true;
  return model;
}

DeviceSpec a100() {
  DeviceSpec device = h100();
  device.peaks = {};
  device.peaks.bf16 = 312_TFLOPS;
  device.memory_bandwidth = 2039_GBps;
  device.matrix_cores = 108;
  return device;
}

void search_gpt3(benchmark::State& state) {
  const Transformer model = gpt3_175b();
  const DeviceSpec device = a100();
  const TrainingSystem system{model, device, {300_GBps, 8, 25_GBps}};
  TrainingSearch found;
  for (auto _ : state) found = search_training(system, gpt3_task(), 10);
  state.counters["plans"] = static_cast<double>(found.tried);
  state.counters["estimated"] = static_cast<double>(found.estimated);
}
BENCHMARK(search_gpt3)->Unit(benchmark::kMillisecond);

// The same plans, each estimated by itself: what the search has to equal. Fails where it does not.
void brute_force_gpt3(benchmark::State& state) {
  const Transformer model = gpt3_175b();
  const DeviceSpec device = a100();
  const TrainingSystem system{model, device, {300_GBps, 8, 25_GBps}};
  const TrainingEstimator estimator(system);
  const TrainingSearch found = search_training(system, gpt3_task(), 1);
  Seconds best{1e300};
  for (auto _ : state) {
    for (const TrainingPlan& plan : training_plans(system, gpt3_task())) {
      if (training_memory(system, plan).margin() < 0) continue;
      best = std::min(best, estimator.step(plan).total());
    }
  }
  if (found.plans.empty() || found.plans.front().time.total() != best) {
    state.SkipWithError("the search found another optimum");
  }
}
BENCHMARK(brute_force_gpt3)->Unit(benchmark::kSecond)->Iterations(1);

}  // namespace
}  // namespace chokepoint

BENCHMARK_MAIN();
