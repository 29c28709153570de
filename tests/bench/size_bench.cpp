// Sizing a fleet for a question of planners: DeepSeek-V3, 4 000 tokens in and 500 out, 50 requests
// a second, on five kinds of devices. Bound: 20 s on two cores.

#include <benchmark/benchmark.h>

#include <iostream>

#include "tests/paths.hpp"
#include "tools/size/size_answer.hpp"

namespace chokepoint {
namespace {

SizeQuestion question_of_planners() {
  SizeQuestion question;
  question.of.model = "DeepSeek-V3";
  question.devices = {"nv_h20_96", "hw_ascend_910c", "th_ppu_810e", "camb_mlu590", "nv_h200"};
  question.target.bounds = {{LatencyMetric::Ttft, 0.99, Seconds{2}},
                            {LatencyMetric::Tpot, 0.99, Seconds{0.05}}};
  question.target.rate = 50;
  question.load = drawn_load(Tokens{4000}, Tokens{500}, 0.3);
  return question;
}

void size_five_kinds(benchmark::State& state) {
  const auto world = load_serving_catalog(source_dir(), "", std::cerr);
  const SizeQuestion question = question_of_planners();
  double devices = 0;
  for (auto _ : state) {
    devices = 0;
    for (const SizedKind& kind :
         size_kinds(question, *world, {}, static_cast<unsigned>(state.range(0)))) {
      if (kind.fleet() != nullptr) devices += static_cast<double>(kind.fleet()->devices());
    }
  }
  state.counters["devices"] = devices;
}
BENCHMARK(size_five_kinds)
    ->Arg(1)
    ->Arg(2)
    ->Iterations(1)
    ->MeasureProcessCPUTime()
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace chokepoint

BENCHMARK_MAIN();
