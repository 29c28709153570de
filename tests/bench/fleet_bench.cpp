// Requests per CPU second of a serving fleet: Llama-3.1-8B on H100 at the lengths of Azure's
// conversations. Bounds: 10 000 requests in 0.1 s with everything cold, 100 000 per second in the
// long run, and a million on a thousand replicas in 10 s and 400 MB.

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <cmath>
#include <optional>

#include "models/random.hpp"
#include "models/serving/fleet.hpp"
#include "models/serving/serving_setup.hpp"
#include "tests/models/serving/small_loads.hpp"

namespace chokepoint {
namespace {

// Poisson arrivals with log-normal lengths: medians 1 020 in and 129 out, means near 1 155 and 211,
// as in Azure's trace of conversations of November 2023.
class Conversations : public RequestSource {
public:
  Conversations(std::int64_t requests, double rate)
      : left_(requests), rate_(rate), random_(1, "conversations") {
    draw();
  }

  std::optional<Nanoseconds> next_arrival() override {
    return left_ > 0 ? std::optional(at_) : std::nullopt;
  }

  std::optional<Request> next() override {
    if (left_ == 0) return std::nullopt;
    Request request;
    request.id = made_++;
    request.arrival = at_;
    request.prompt = length(1020, 0.5, 14'050);
    request.output = length(129, 0.98, 1'000);
    --left_;
    draw();
    return request;
  }

private:
  void draw() { at_ += 1 + std::llround(-std::log1p(-random_.uniform()) / rate_ * 1e9); }
  std::uint32_t length(double median, double deviation, double most) {
    const double drawn = median * std::exp(deviation * random_.normal());
    return static_cast<std::uint32_t>(std::clamp(std::round(drawn), 1.0, most));
  }

  std::int64_t left_;
  double rate_;
  RandomStream random_;
  Nanoseconds at_ = 0;
  std::uint64_t made_ = 0;
};

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

void replay(benchmark::State& state, RoutingPolicy routing) {
  const std::int64_t requests = state.range(0), replicas = state.range(1);
  const double rate = 200.0 / 32 * static_cast<double>(replicas);
  double ttft = 0;
  std::int64_t events = 0;
  for (auto _ : state) {
    const SmallService service;
    StepCosts costs = service.costs();
    FleetSpec spec;
    PoolSpec pool;
    pool.costs = &costs;
    pool.rules = service.started().rules;
    pool.replicas = replicas;
    spec.pools = {pool};
    spec.routing = routing;
    Fleet fleet(spec);
    Conversations source(requests, rate);
    fleet.run(source);
    ttft = fleet.total().ttft.quantile(0.99).value;
    events = fleet.pool(0).engines.events;
  }
  state.SetItemsProcessed(state.iterations() * requests);
  state.counters["events_per_request"] = double(events) / double(requests);
  state.counters["ttft_p99_s"] = ttft;
  state.counters["peak_mb"] = peak_megabytes();
}
BENCHMARK_CAPTURE(replay, least_loaded, RoutingPolicy::LeastLoaded)
    ->Args({1'000, 32})
    ->Args({10'000, 32})
    ->Args({1'000'000, 32})
    ->Args({1'000'000, 1'000})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(replay, power_of_two, RoutingPolicy::PowerOfTwo)
    ->Args({1'000'000, 1'000})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace chokepoint

BENCHMARK_MAIN();
