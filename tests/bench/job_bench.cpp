// Time to play logs of jobs: a million of a busy mixed load on 2 496 devices under EASY backfill,
// and Philly's 82 248 where the recorded log is at hand. Bounds: 20 s and 2 s. With failures: 100
// 000 nodes and 2 000 jobs for 30 days. Bounds: 30 s and 2 GB.

#include <benchmark/benchmark.h>

#include <cmath>
#include <filesystem>

#include "models/cluster/job_queue.hpp"
#include "models/random.hpp"
#include "sim/jobs/job_log.hpp"
#include "tests/paths.hpp"

namespace chokepoint {
namespace {

constexpr int kNodes = 312, kPerNode = 8;

// Sizes from one device to 128, runs from seconds to days, nine tenths of what the devices can do.
std::vector<RigidJob> busy_jobs(std::size_t count) {
  RandomStream random(16, "jobs");
  std::vector<RigidJob> jobs;
  double submit = 0;
  for (std::size_t i = 0; i < count; ++i) {
    RigidJob job;
    job.devices = 1 << static_cast<int>(random.uniform() * random.uniform() * 8);
    const double run = 60e3 * std::exp(random.uniform() * 6);
    job.run = static_cast<Milliseconds>(run);
    job.estimate = static_cast<Milliseconds>(run * (1 + 2 * random.uniform()));
    submit += job.devices * run / (0.9 * kNodes * kPerNode);
    job.submit = static_cast<Milliseconds>(submit);
    jobs.push_back(job);
  }
  return jobs;
}

void play_busy(benchmark::State& state) {
  const auto jobs = busy_jobs(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(play_queue(jobs, {{kNodes, kPerNode}}, QueuePolicy::Easy));
  }
}
BENCHMARK(play_busy)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kSecond)->Iterations(1);

void play_philly(benchmark::State& state) {
  const auto file = std::filesystem::path(source_dir()).parent_path() / "shared" / "data" /
                    "traces" / "philly" / "philly.csv";
  Diagnostics found;
  const auto log = read_job_log(file, {}, found);
  if (!log) return state.SkipWithError("the recorded log is not there");
  const auto policy = static_cast<QueuePolicy>(state.range(0));
  state.SetLabel(std::string(name(policy)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(play_queue(log->jobs, {{kNodes, kPerNode}}, policy));
  }
}
// 2,000 jobs of 45 nodes, or of one, that need a month each, on nodes that fail three times in
// 1,000 days: a failure costs no more where ten times as many nodes are idle.
void play_failures(benchmark::State& state) {
  const int nodes = static_cast<int>(state.range(0)), of_job = static_cast<int>(state.range(1));
  constexpr Milliseconds kMonth = 30 * 86'400'000LL;
  std::vector<RigidJob> jobs;
  for (int i = 0; i < 2000; ++i) jobs.push_back({i, kMonth, kMonth, of_job * kPerNode});
  QueueSettings settings;
  PoolFailures how;
  how.causes = {{"node", PerSecond{3e-3 / 86'400}, 0.32}};
  how.of_job = PerSecond{1e-4 / 86'400};
  how.shape = static_cast<double>(state.range(2)) / 10;
  how.noticed = Seconds{600};
  how.repair = Seconds{72 * 3600};
  settings.failures = {how};
  settings.young_daly = true;
  settings.checkpoint_cost = 10'000;
  settings.restart = 900'000;
  for (auto _ : state) {
    const PlayedQueue played = play_queue(jobs, {{nodes, kPerNode}}, QueuePolicy::Easy, settings);
    state.counters["failures"] = played.pools[0].failures;
    state.counters["stops"] = played.stops;
    state.counters["days"] = static_cast<double>(played.ends - played.begins) / 86'400e3;
  }
}
BENCHMARK(play_failures)
    ->Args({100'000, 45, 10})
    ->Args({100'000, 45, 7})
    ->Args({100'000, 1, 10})
    ->Args({10'000, 1, 10})
    ->Unit(benchmark::kSecond)
    ->Iterations(1);

BENCHMARK(play_philly)->DenseRange(0, 7)->Unit(benchmark::kSecond)->Iterations(1);

}  // namespace
}  // namespace chokepoint

BENCHMARK_MAIN();
