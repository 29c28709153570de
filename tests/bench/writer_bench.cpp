// Facts per second that the writer takes, and that the reader gives back.

#include <benchmark/benchmark.h>

#include <filesystem>
#include <vector>

#include "sim/trace/reader.hpp"
#include "sim/trace/writer.hpp"
#include "tests/sim/trace/small_world.hpp"

namespace chokepoint {
namespace {

constexpr int kDays = 10'000;

std::filesystem::path bench_file() {
  return std::filesystem::temp_directory_path() / "chokepoint_writer_bench.pftrace";
}

// What a long run consists of: samples, windows, segments, and now and then a refusal.
std::vector<TraceEvent> mixed_days() {
  ShipmentRefused refused;
  refused.units = 20'000;
  refused.gate = Gate::Exporter;
  refused.exporter_rule = RuleId{0};
  refused.least_certain_training = InputId{1};
  std::vector<TraceEvent> events;
  for (int day = 0; day < kDays; ++day) {
    const Seconds now = 1_days * day;
    for (const auto counter : {Counter::DevicesInstalled, Counter::Tpp, Counter::H100eTraining}) {
      events.push_back(CounterSampled{now, counter, 1, 1234.5 * day});
    }
    events.push_back(WindowServed{now, ServiceId{0}, 1_days, Tokens{9e9}, Tokens{8e9}, Tokens{7e9},
                                  Tokens{2e9}});
    events.push_back(SegmentBegan{now, JobId{0}});
    events.push_back(SegmentEnded{now + 9_hours, JobId{0}, Tokens{8.64e10}});
    refused.time = now + 9_hours;
    events.push_back(refused);
  }
  events.push_back(RunEnded{1_days * kDays});
  return events;
}

void write_all(const std::vector<TraceEvent>& events, const World& world) {
  std::filesystem::remove(bench_file());
  TraceWriter writer(bench_file(), small_manifest(), world, TraceLevel::Job);
  for (const auto& event : events) writer.record(event);
  writer.close();
}

void write_facts(benchmark::State& state) {
  const World world = small_world();
  const auto events = mixed_days();
  for (auto _ : state) write_all(events, world);
  const auto facts = state.iterations() * static_cast<std::int64_t>(events.size());
  state.SetItemsProcessed(facts);
  state.counters["bytes_per_fact"] = static_cast<double>(std::filesystem::file_size(bench_file())) /
                                     static_cast<double>(events.size());
  std::filesystem::remove(bench_file());
}
BENCHMARK(write_facts)->Unit(benchmark::kMillisecond);

void read_facts(benchmark::State& state) {
  const World world = small_world();
  const auto events = mixed_days();
  write_all(events, world);
  std::int64_t facts = 0;
  for (auto _ : state) {
    TraceReader reader(bench_file());
    while (reader.next()) ++facts;
  }
  state.SetItemsProcessed(facts);
  std::filesystem::remove(bench_file());
}
BENCHMARK(read_facts)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace chokepoint

BENCHMARK_MAIN();
