#include "sim/engine/kernel/configure_simgrid.hpp"

#include <catch2/catch.hpp>
#include <simgrid/s4u/Engine.hpp>

#include "sim/engine/kernel/activities.hpp"
#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

/// Seconds that 10 GB take over 1 GB/s and a round trip of `latency`, beside a flow the other way.
double flow_time(Seconds latency) {
  return in_child<double>([latency] {
    World world = small_world();
    for (LinkSpec& link : world.links) link.latency.value = latency / 4.0;
    const auto engine = configure_simgrid();
    const Platform platform(world);
    Agenda agenda(1_days);
    Activities activities(agenda, platform);
    std::vector<double> seen;
    agenda.at(0_s, Phase::Job, [&] {
      activities.send(kSite, kBackup, 10_GB, [&] { seen.push_back(agenda.now().value); });
      activities.send(kBackup, kSite, 20_GB, [] {});
    });
    agenda.run(*engine);
    return seen;
  })[0];
}

// Size over bandwidth and half a round trip: no protocol's overhead, no window, no traffic against.
TEST_CASE("simgrid: a bulk flow takes size over bandwidth", "[engine][simgrid]") {
  CHECK(flow_time(Seconds{0.004}) == Approx(10.002).epsilon(1e-6));
  CHECK(flow_time(Seconds{0.200}) == Approx(10.100).epsilon(1e-6));
}

}  // namespace
}  // namespace chokepoint
