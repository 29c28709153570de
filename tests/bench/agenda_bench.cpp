#include <benchmark/benchmark.h>

#include <cstdint>
#include <simgrid/s4u/Engine.hpp>
#include <simgrid/s4u/Host.hpp>
#include <simgrid/s4u/NetZone.hpp>

#include "sim/engine/kernel/agenda.hpp"
#include "sim/engine/kernel/configure_simgrid.hpp"

namespace chokepoint {
namespace {

/// A population of events, each of which enters its successor at a date of its own.
class Population {
public:
  Population(Agenda& agenda, std::int64_t events) : agenda_(agenda), left_(events) {}

  void enter() {
    if (left_-- <= 0) return;
    // xorshift: cheap, so that what is measured is the agenda.
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    const Seconds delay{1.0 + static_cast<double>(state_ % 1'000'003) / 997.0};
    agenda_.at(agenda_.now() + delay, Phase::Job, [this] { enter(); });
  }

private:
  Agenda& agenda_;
  std::int64_t left_;
  std::uint64_t state_ = 88'172'645'463'325'252ULL;
};

/// Events per second of a run in which `state.range(0)` events are always pending. Target: 2e6.
void agenda_events(benchmark::State& state) {
  constexpr std::int64_t kEvents = 4'000'000;
  const auto engine = configure_simgrid();
  auto* zone = simgrid::s4u::create_full_zone("world");
  zone->create_host("host", 1e9)->seal();
  zone->seal();
  for (auto _ : state) {
    Agenda agenda(Seconds{1e12});
    Population population(agenda, kEvents);
    for (std::int64_t i = 0; i < state.range(0); ++i) population.enter();
    agenda.run(*engine);
  }
  state.SetItemsProcessed(state.iterations() * kEvents);
}

// One iteration: a process holds one simulation.
BENCHMARK(agenda_events)->Arg(1'000)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace chokepoint

BENCHMARK_MAIN();
