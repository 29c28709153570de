// Collectives on 4,096 devices in servers of eight on rails: closed forms, and as SimGrid's flows.

#include <benchmark/benchmark.h>

#include "sim/network/flow_player.hpp"

namespace chokepoint {
namespace {

constexpr Bytes kMessage = 1_GiB;

ClusterNetworkSpec spec_for(std::uint32_t devices) {
  return {{{devices, 8, 8, ScaleupShape::Switched, 351_GBps, 42_GBps, 0}},
          {ScaleoutShape::RailOptimised, 32, 1.0, Seconds{3.4e-6}, Seconds{14e-6}, Seconds{5e-7},
           Spread::ByDestination},
          {}};
}

DeviceGroup all_of(const ClusterNetwork& network) {
  std::vector<std::uint32_t> devices(network.graph().devices());
  for (std::uint32_t i = 0; i < devices.size(); ++i) devices[i] = i;
  return group_of(network, devices);
}

void build_network(benchmark::State& state) {
  const ClusterNetworkSpec spec = spec_for(static_cast<std::uint32_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(ClusterNetwork(spec));
}
BENCHMARK(build_network)->Arg(512)->Arg(4096)->Unit(benchmark::kMillisecond);

// The first plan of a group finds who sends to whom over which links.
void first_plan(benchmark::State& state) {
  const ClusterNetwork network(spec_for(static_cast<std::uint32_t>(state.range(0))));
  const DeviceGroup group = all_of(network);
  for (auto _ : state) {
    GroupCollectives collectives(network, group);
    benchmark::DoNotOptimize(collectives.plan(CollectiveKind::AllReduce, kMessage));
  }
}
BENCHMARK(first_plan)->Arg(512)->Arg(4096)->Unit(benchmark::kMillisecond);

void closed_form(benchmark::State& state) {
  const ClusterNetwork network(spec_for(4096));
  const DeviceGroup group = all_of(network);
  GroupCollectives collectives(network, group);
  for (auto _ : state) {
    benchmark::DoNotOptimize(collectives.plan(CollectiveKind::AllReduce, kMessage));
  }
}
BENCHMARK(closed_form);

// From the plan on: flows, twins, SimGrid's platform and the simulation. Where `unlike`, every flow
// has bytes of its own, so that none has a twin and all are played.
void all_reduce_as_flows(benchmark::State& state) {
  const ClusterNetwork network(spec_for(static_cast<std::uint32_t>(state.range(0))));
  const DeviceGroup group = all_of(network);
  GroupCollectives collectives(network, group);
  const CollectivePlan plan = collectives.plan(CollectiveKind::AllReduce, kMessage);
  const bool unlike = state.range(1) != 0;
  for (auto _ : state) {
    FlowSchedule schedule = flows_of(plan);
    double more = 0.0;
    for (FlowPhase& phase : schedule) {
      for (DeviceFlow& flow : phase.flows) flow.bytes += Bytes{unlike ? ++more : 0.0};
    }
    benchmark::DoNotOptimize(play_flows(network.graph(), {{std::move(schedule), false}}));
  }
}
BENCHMARK(all_reduce_as_flows)
    ->ArgNames({"devices", "unlike"})
    ->Args({512, 0})
    ->Args({512, 1})
    ->Args({4096, 0})
    ->Args({4096, 1})
    ->Iterations(3)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace chokepoint

BENCHMARK_MAIN();
