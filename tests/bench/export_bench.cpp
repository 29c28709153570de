// Ten million facts of a trace to SQLite: seconds, and memory at most.

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <filesystem>

#include "sim/trace/writer.hpp"
#include "tests/sim/trace/small_world.hpp"
#include "tools/export/export_trace.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

constexpr int kSteps = 10'000'000 / 8;

fs::path in_scratch(const char* name) {
  return fs::temp_directory_path() / (std::string("chokepoint_export_bench.") + name);
}

// What long traces consist of: requests, what replicas hold, counters, and deliveries.
void write_long_trace(const fs::path& path) {
  const World world = small_world();
  fs::remove(path);
  TraceWriter writer(path, small_manifest(), world, TraceLevel::Request);
  const ServingPoolId pool{0};
  for (int i = 0; i < kSteps; ++i) {
    const Seconds now{0.05 * i};
    const auto request = static_cast<std::uint64_t>(i);
    writer.record(PhaseBegan{now, request, pool, i % 8, RequestPhase::Queued});
    writer.record(PhaseEnded{now, request, pool, i % 8, RequestPhase::Queued, false});
    writer.record(PhaseBegan{now, request, pool, i % 8, RequestPhase::Decode});
    writer.record(PhaseEnded{now, request, pool, i % 8, RequestPhase::Decode, true});
    writer.record(ReplicaSampled{now, pool, i % 8, ReplicaGauge::Batch, 0.1 * i});
    writer.record(CounterSampled{now, Counter::SitePower, 0, 1.5 * i});
    writer.record(DeliveryDue{now, OrderId{0}, DeviceId{0}, 1.0 * i});
    writer.record(WindowServed{now, ServiceId{0}, 1_days, Tokens{9e9}, Tokens{8e9}, Tokens{7e9},
                               Tokens{2e9}});
  }
  writer.record(RunEnded{Seconds{0.05 * kSteps}});
  writer.close();
}

void export_to_sqlite(benchmark::State& state) {
  write_long_trace(in_scratch("pftrace"));
  std::int64_t facts = 0;
  for (auto _ : state) {
    facts +=
        static_cast<std::int64_t>(export_sqlite(in_scratch("pftrace"), in_scratch("sqlite")).facts);
  }
  state.SetItemsProcessed(facts);
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  state.counters["resident_mb"] = static_cast<double>(used.ru_maxrss) * 1024 / 1e6;
  state.counters["trace_mb"] = static_cast<double>(fs::file_size(in_scratch("pftrace"))) / 1e6;
  state.counters["sqlite_mb"] = static_cast<double>(fs::file_size(in_scratch("sqlite"))) / 1e6;
  fs::remove(in_scratch("pftrace"));
  fs::remove(in_scratch("sqlite"));
}
BENCHMARK(export_to_sqlite)->Unit(benchmark::kSecond)->Iterations(1);

}  // namespace
}  // namespace chokepoint

BENCHMARK_MAIN();
